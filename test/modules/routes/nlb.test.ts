import { describe, expect, test } from "vitest";
import { z } from "zod";
import { routeSchema } from "../../../platform/doors";
import { routeFacts, routeProblems } from "../../../platform/route";
import { resource } from "../../support/synth";
import { place, type RouteInput, route, synthRoute } from "./synth-route";

type NlbInput = Omit<Extract<RouteInput, { kind: "nlb" }>, "kind">;

const certificateArn = "arn:aws:acm:us-west-2:123456789012:certificate/0123";
const owner = { name: "shop", namespace: "web" };
const prefix = "service.beta.kubernetes.io/aws-load-balancer-";

const serviceShape = z.looseObject({
  metadata: z.object({ name: z.string(), namespace: z.string(), annotations: z.record(z.string(), z.string()) }),
  spec: z.record(z.string(), z.unknown()),
});

function service(input: NlbInput = {}, target: Parameters<typeof synthRoute>[1] = {}) {
  const json = synthRoute({ kind: "nlb", ...input }, target);
  return serviceShape.parse(resource(json, "kubernetes_service_v1", "door"));
}

describe("nlb", () => {
  test("a route is a Service of type LoadBalancer and the controller's class, with no port on any node", () => {
    const made = service();
    expect(made.metadata).toMatchObject({ name: "shop-nlb", namespace: "web" });
    expect(made.spec).toEqual({
      type: "LoadBalancer",
      load_balancer_class: "service.k8s.aws/nlb",
      allocate_load_balancer_node_ports: false,
      selector: { app: "shop", tier: "front" },
      port: [{ port: 80, target_port: "8080", protocol: "TCP" }],
    });
  });

  test("its class is not asked for by annotation as well, and never as the in-tree provider's nlb", () => {
    expect(service().metadata.annotations).not.toHaveProperty(`${prefix}type`);
  });

  test("it takes a name and a port of its own", () => {
    const made = service({ name: "gateway", port: 8443 });
    expect(made.metadata.name).toBe("gateway");
    expect(made.spec).toMatchObject({ port: [{ port: 8443, target_port: "8080" }] });
  });

  test.each(["internal", "internet-facing"] as const)("exposure %s is the scheme", (exposure) => {
    expect(service({ exposure }).metadata.annotations[`${prefix}scheme`]).toBe(exposure);
  });

  test("it is internal unless opened, and its targets are pods", () => {
    expect(service().metadata.annotations).toEqual({
      [`${prefix}scheme`]: "internal",
      [`${prefix}nlb-target-type`]: "ip",
      [`${prefix}subnets`]: "subnet-0aaaaaaaaaaaaaaa1,subnet-0aaaaaaaaaaaaaaa2",
      [`${prefix}target-group-attributes`]: "deregistration_delay.timeout_seconds=30",
    });
  });

  test("with a certificate the NLB terminates TLS, on 443 unless another port is given", () => {
    expect(service({ certificateArn }).spec).toMatchObject({ port: [{ port: 443 }] });
    const made = service({ certificateArn, port: 8443 });
    expect(made.spec).toMatchObject({ port: [{ port: 8443 }] });
    expect(made.metadata.annotations).toMatchObject({
      [`${prefix}ssl-cert`]: certificateArn,
      [`${prefix}ssl-ports`]: "8443",
    });
  });

  test("without one nothing of TLS is there", () => {
    expect(Object.keys(service().metadata.annotations).filter((key) => key.startsWith(`${prefix}ssl`))).toEqual([]);
  });

  test("the health check is the HTTP readiness probe where that asks the port of the traffic", () => {
    const http = service({}, { healthCheck: { path: "/ready", port: 8080 } }).metadata.annotations;
    expect(http).toMatchObject({ [`${prefix}healthcheck-protocol`]: "http", [`${prefix}healthcheck-path`]: "/ready" });
    const elsewhere = service({}, { healthCheck: { path: "/ready", port: 9000 } }).metadata.annotations;
    expect(Object.keys(elsewhere).filter((key) => key.includes("healthcheck"))).toEqual([]);
  });

  test("networks bound who may connect, and every one may where none is written down", () => {
    expect(service({ inboundCidrs: ["10.0.0.0/8"] }).spec["load_balancer_source_ranges"]).toEqual(["10.0.0.0/8"]);
    expect(service().spec).not.toHaveProperty("load_balancer_source_ranges");
  });

  test("Terraform waits for the load balancer and publishes its name with the port", () => {
    const json = synthRoute({ kind: "nlb" });
    expect(resource(json, "kubernetes_service_v1", "door")).toMatchObject({
      wait_for_load_balancer: true,
      depends_on: ["kubernetes_service_v1.service"],
    });
    const reference = "kubernetes_service_v1.door.status[0].load_balancer[0].ingress[0].hostname";
    expect(json.output["address"]?.value).toBe(`\${${reference}}:80`);
  });

  test("it knows no hosts and paths, and every route has an NLB of its own", () => {
    expect(routeFacts(route({ kind: "nlb", exposure: "internet-facing" }), owner)).toEqual({
      object: { kind: "Service", name: "shop-nlb" },
      host: undefined,
      path: undefined,
      exposure: "internet-facing",
      entrance: "nlb:web/shop-nlb",
      podsAreTargets: true,
      subnets: 1,
      terminatesTls: false,
      handsTlsOn: false,
      certificates: [],
      namedCertificates: [],
    });
  });
});

describe("TLS of an NLB", () => {
  test("ends there by the certificate that the route names", () => {
    const service = resource(synthRoute({ kind: "nlb", certificate: "web" }), "kubernetes_service_v1", "door");
    expect(JSON.stringify(service)).toContain('"service.beta.kubernetes.io/aws-load-balancer-ssl-cert":"ARN-OF-web"');
  });

  test("goes on to the pods where they terminate it, on 443 and without a certificate here", () => {
    const json = synthRoute({ kind: "nlb", tlsInPods: true });
    const text = JSON.stringify(resource(json, "kubernetes_service_v1", "door"));
    expect(text).toContain('"port":443');
    expect(text).not.toContain("ssl-cert");
    expect(routeFacts(route({ kind: "nlb", tlsInPods: true }), owner)).toMatchObject({
      terminatesTls: false,
      handsTlsOn: true,
    });
  });
});

describe("what rules know of an nlb route", () => {
  test("its certificate, with which it terminates TLS", () => {
    expect(routeFacts(route({ kind: "nlb", certificateArn }), owner)).toMatchObject({
      terminatesTls: true,
      certificates: [{ field: ["certificateArn"], arn: certificateArn }],
    });
  });
});

describe("what an nlb route cannot have", () => {
  test("a name that is no Service's", () => {
    const result = routeSchema.safeParse({ kind: "nlb", name: "1st" });
    expect(result.error?.issues).toMatchObject([{ path: ["name"], message: "a Service's name begins with a letter" }]);
  });

  test("the name of a workload that -nlb makes too long", () => {
    const name = "a".repeat(60);
    expect(routeProblems(route({ kind: "nlb" }), { name, namespace: "web" }, place)).toEqual([
      {
        path: "name",
        value: undefined,
        rule: `the Service takes the workload's name with -nlb, ${name}-nlb, which is 64 characters; Kubernetes allows 63`,
        remedy: "give the route a `name` of 63 characters or less",
      },
    ]);
    expect(routeProblems(route({ kind: "nlb", name: "short" }), { name, namespace: "web" }, place)).toEqual([]);
    expect(routeProblems(route({ kind: "nlb" }), { name: "a".repeat(59), namespace: "web" }, place)).toEqual([]);
  });
});
