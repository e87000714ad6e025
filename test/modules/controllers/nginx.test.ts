import { describe, expect, it } from "vitest";
import type { Json } from "../../../modules/schema/primitives";
import type { EnvironmentInput } from "../../../platform/environment";
import { checkValues } from "../../charts/chart-values";
import { synthStacks } from "../../support/environments";
import { at, list } from "../../support/json";
import { releaseOf, typedResource } from "../../support/kubernetes-objects";
import { minimal } from "../../support/minimal";
import { resource } from "../../support/synth";
import { chartProblems } from "./chart-problems";

type Nginx = NonNullable<NonNullable<EnvironmentInput["controllers"]>["nginx"]>;

const charts = { community: "ingress-nginx", f5: "nginx-ingress" } as const;
const kinds = ["community", "f5"] as const;

function stacks(options: Nginx) {
  return synthStacks({
    ...minimal(),
    acknowledgeEndOfLife: { ingressNginx: "2026-03" },
    controllers: { ...minimal().controllers, nginx: options },
  });
}

function release(options: Nginx) {
  return releaseOf(stacks(options), charts[options.kind]);
}

describe.each(kinds)("nginx of kind %s", (kind) => {
  it("has a load balancer of the controller's class, with pods as targets and no port on any node", () => {
    expect(at(release({ kind }).values, "controller", "service")).toMatchObject({
      type: "LoadBalancer",
      loadBalancerClass: "service.k8s.aws/nlb",
      allocateLoadBalancerNodePorts: false,
      annotations: { "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type": "ip" },
    });
  });

  it.each(["internal", "internet-facing"] as const)("exposure %s is the load balancer's scheme", (exposure) => {
    const annotations = at(release({ kind, exposure }).values, "controller", "service", "annotations");
    expect(annotations).toHaveProperty(["service.beta.kubernetes.io/aws-load-balancer-scheme"], exposure);
  });

  it("is internal unless opened", () => {
    const annotations = at(release({ kind }).values, "controller", "service", "annotations");
    expect(annotations).toHaveProperty(["service.beta.kubernetes.io/aws-load-balancer-scheme"], "internal");
  });

  it("admits the networks that are written down, and every one where none is", () => {
    const ranges = (options: Nginx) => at(release(options).values, "controller", "service", "loadBalancerSourceRanges");
    expect(ranges({ kind })).toEqual([]);
    expect(ranges({ kind, inboundCidrs: ["203.0.113.0/24"] })).toEqual(["203.0.113.0/24"]);
  });

  it("takes no port of a node and leaves the chart's probes alone", () => {
    const text = JSON.stringify(release({ kind }).values);
    for (const key of ["hostPort", "hostNetwork", "livenessProbe", "readinessProbe", "readyStatus"]) {
      expect(text).not.toContain(key);
    }
  });

  it("keeps a replica through a drain and spreads them over zones and nodes", () => {
    const values = release({ kind, replicas: 3 }).values;
    expect(at(values, "controller", "replicaCount")).toBe(3);
    const keys = at(values, "controller", "topologySpreadConstraints") as readonly { readonly topologyKey: string }[];
    expect(keys.map(({ topologyKey }) => topologyKey)).toEqual([
      "topology.kubernetes.io/zone",
      "kubernetes.io/hostname",
    ]);
    expect(JSON.stringify(at(values, "controller"))).toContain('"minAvailable":1');
  });

  it("waits for the load balancer controller and for its class, which Terraform makes and not the chart", () => {
    const { arguments: waiting } = release({ kind });
    expect(list(waiting["depends_on"] as string[])).toEqual(
      expect.arrayContaining([
        "helm_release.aws-load-balancer-controller",
        `kubernetes_ingress_class_v1.${kind === "f5" ? "nginx-f5" : "nginx"}-class`,
        "kubernetes_namespace_v1.namespace_nginx",
      ]),
    );
  });

  it("ends a pod after the load balancer has let go of it, in a namespace whose pods wait for it", () => {
    const { controllers } = stacks({ kind });
    const drained =
      kind === "f5"
        ? { lifecycle: { preStop: { sleep: { seconds: 30 } } }, terminationGracePeriodSeconds: 60 }
        : { extraArgs: { "shutdown-grace-period": 30 } };
    expect(at(release({ kind }).values, "controller")).toMatchObject(drained);
    expect(resource(controllers, "kubernetes_namespace_v1", "namespace_nginx")).toMatchObject({
      metadata: { labels: { "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled" } },
    });
  });

  it("needs no role in AWS", () => {
    expect(Object.keys(stacks({ kind }).identity.resource["aws_iam_role"] ?? {}).join()).not.toContain("nginx");
  });
});

describe("nginx", () => {
  it("answers to a class of its kind, for Kubernetes lets nobody change the controller of a class", () => {
    const controller = (kind: Nginx["kind"], name: string) =>
      at(typedResource(stacks({ kind }), "kubernetes_ingress_class_v1", name), "spec", "controller");
    expect(controller("community", "nginx")).toBe("k8s.io/ingress-nginx");
    expect(controller("f5", "nginx-f5")).toBe("nginx.org/ingress-controller");
  });

  it("stands beside the kind before as long as routes move from that to it", () => {
    const { controllers } = stacks({ kind: "f5", switchingFrom: "community" });
    expect(Object.keys(controllers.resource["kubernetes_ingress_class_v1"] ?? {})).toEqual([
      "nginx-class",
      "nginx-f5-class",
    ]);
    // What stood alone before is the same, at the same address.
    const alone = stacks({ kind: "community" }).controllers;
    expect(resource(controllers, "helm_release", "nginx")).toEqual(resource(alone, "helm_release", "nginx"));
    expect(resource(controllers, "helm_release", "nginx-f5")).toMatchObject({
      name: "nginx-ingress",
      chart: "nginx-ingress",
      repository: "oci://ghcr.io/nginx/charts",
    });
  });

  it("of the community has no webhook that could refuse the Ingresses of other classes", () => {
    expect(at(release({ kind: "community" }).values, "controller", "admissionWebhooks")).toEqual({ enabled: false });
  });

  it("of the community has a default backend of its own where one is asked for", () => {
    const backend = (options: Nginx) => at(release(options).values, "defaultBackend");
    expect(backend({ kind: "community" })).toEqual({ enabled: false });
    expect(backend({ kind: "community", defaultBackend: { kind: "deployment" } })).toMatchObject({
      enabled: true,
      replicaCount: 2,
    });
    const amd64 = { key: "kubernetes.io/arch", operator: "In", values: ["amd64"] };
    expect(JSON.stringify(backend({ kind: "community", defaultBackend: { kind: "deployment" } }))).toContain(
      JSON.stringify(amd64),
    );
  });

  it("of F5 takes Ingresses without a host, and reports nothing to its maker", () => {
    expect(at(release({ kind: "f5" }).values, "controller")).toMatchObject({
      allowEmptyIngressHost: true,
      enableCustomResources: false,
      telemetryReporting: { enable: false },
    });
  });

  it("of the community gives its chart only values that it knows", (context) => {
    expect(chartProblems(context, release({ kind: "community", defaultBackend: { kind: "deployment" } }))).toEqual([]);
  });

  it("of F5 gives its chart only values that it knows", () => {
    expect(checkValues(f5Defaults, JSON.parse(JSON.stringify(release({ kind: "f5" }).values)))).toEqual([]);
  });
});

/** Of the values of chart nginx-ingress 2.6.4 those that a release of ours may want; null where the chart has no default. */
const f5Defaults: { readonly [key: string]: Json } = {
  controller: {
    allowEmptyIngressHost: false,
    config: { annotations: {}, entries: { "http-snippets": null, "redirect-to-https": null } },
    defaultTLS: { cert: "", key: "", secret: "" },
    enableCustomResources: true,
    enableSnippets: false,
    ingressClass: { name: "nginx", create: true, setAsDefaultIngress: false },
    lifecycle: {},
    podDisruptionBudget: { enabled: false, annotations: {}, minAvailable: null, maxUnavailable: null },
    priorityClassName: null,
    replicaCount: 1,
    resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: null },
    service: {
      type: "LoadBalancer",
      annotations: {},
      externalTrafficPolicy: "Local",
      loadBalancerClass: null,
      loadBalancerSourceRanges: [],
      allocateLoadBalancerNodePorts: null,
      httpPort: { enable: true, port: 80, targetPort: 80, name: "http" },
      httpsPort: { enable: true, port: 443, targetPort: 443, name: "https" },
    },
    telemetryReporting: { enable: true },
    terminationGracePeriodSeconds: 30,
    topologySpreadConstraints: null,
  },
};

describe.each(kinds)("nginx of kind %s behind TLS", (kind) => {
  const behindTls = (options: Partial<Nginx> = {}) =>
    releaseOf(
      synthStacks({
        ...minimal(),
        acknowledgeEndOfLife: { ingressNginx: "2026-03" },
        dns: { zones: { "example.com": { kind: "create" } } },
        certificates: { web: { kind: "acm", hosts: ["*.example.com"] } },
        controllers: { ...minimal().controllers, nginx: { kind, certificate: "web", ...options } as Nginx },
      }),
      charts[kind],
    );
  const snippet = (values: object): string | undefined => {
    const controller = at(values, "controller") as { readonly config?: Readonly<Record<string, Json>> };
    const { config = {} } = controller;
    const entries = kind === "f5" ? (config["entries"] as Readonly<Record<string, Json>> | undefined) : config;
    const text = entries?.[kind === "f5" ? "http-snippets" : "http-snippet"];
    return text === undefined ? undefined : String(text);
  };

  it("has its load balancer terminate TLS on 443, by the certificate of the identity stack", () => {
    expect(at(behindTls().values, "controller", "service", "annotations")).toMatchObject({
      "service.beta.kubernetes.io/aws-load-balancer-ssl-cert":
        "${data.terraform_remote_state.identity.outputs.certificate_arns.web}",
      "service.beta.kubernetes.io/aws-load-balancer-ssl-ports": "443",
    });
  });

  it("redirects what comes to 80, by the port and not by a header that a caller could write", () => {
    const { values } = behindTls();
    expect(snippet(values)).toBe("server { listen 2443; return 308 https://$host$request_uri; }");
    const service = at(values, "controller", "service");
    expect(service).toMatchObject(
      kind === "f5"
        ? { httpPort: { port: 80, targetPort: 2443 }, httpsPort: { port: 443, targetPort: 80 } }
        : { targetPorts: { http: "to-https", https: "http" } },
    );
    if (kind === "community") {
      expect(at(values, "controller", "containerPort")).toEqual({ http: 80, https: 443, "to-https": 2443 });
    }
  });

  it("takes HTTP on 80 and redirects nothing where it has no certificate", () => {
    const values = release({ kind }).values;
    expect(snippet(values)).toBeUndefined();
    expect(at(values, "controller", "service")).not.toHaveProperty(kind === "f5" ? "httpPort" : "targetPorts");
  });

  it("sends Strict-Transport-Security where that is chosen", () => {
    expect(snippet(behindTls({ hsts: { maxAgeSeconds: 600 } }).values)).toContain(
      'add_header Strict-Transport-Security "max-age=600" always;',
    );
    expect(snippet(behindTls().values)).not.toContain("Strict-Transport-Security");
  });

  it("has only values that its chart knows", (context) => {
    const behind = behindTls({ hsts: {} });
    const known = JSON.parse(JSON.stringify(behind.values));
    expect(kind === "f5" ? checkValues(f5Defaults, known) : chartProblems(context, behind)).toEqual([]);
  });
});
