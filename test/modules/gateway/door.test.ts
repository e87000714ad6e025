import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { EnvironmentInput } from "../../../platform/environment";
import { routeFacts } from "../../../platform/route";
import { synthStacks } from "../../support/environments";
import { at, list } from "../../support/json";
import { customResource, customResources } from "../../support/kubernetes-objects";
import { minimal } from "../../support/minimal";
import { resource } from "../../support/synth";
import { type RouteInput, route } from "../routes/synth-route";

type Gateways = NonNullable<EnvironmentInput["gateways"]>;
type GatewayRoute = Extract<RouteInput, { kind: "gateway" }>;

const certificateArn = "arn:aws:acm:us-west-2:123456789012:certificate/11111111-2222-4333-8444-555555555555";
const otherCertificateArn = certificateArn.replace("1111", "2222");
const probe = { kind: "http" as const, path: "/ready" };

function environment(gateways: Gateways, routes: readonly GatewayRoute[], workload: object = {}): EnvironmentInput {
  return {
    ...minimal("dev"),
    dns: { zones: { "example.com": { kind: "create" } } },
    controllers: { ...minimal().controllers, gatewayApiCrds: {}, externalDns: {} },
    gateways,
    workloads: {
      shop: {
        namespace: "web",
        image: { name: "nginx", tag: "1" },
        names: { service: "shop-svc" },
        port: 8080,
        servicePort: 80,
        routes: [...routes],
        ...workload,
      },
    },
  };
}

const stacks = (...declared: Parameters<typeof environment>) => synthStacks(environment(...declared));
const viaAlb: GatewayRoute = { kind: "gateway", gateway: "front" };
const viaNlb: GatewayRoute = { kind: "gateway", gateway: "front", listenerPort: 5432 };
const tcp = { kind: "tcp", port: 5432 } as const;

const listenerShape = z.looseObject({ name: z.string(), protocol: z.string(), port: z.number() });

function listeners(gateways: Gateways, routes: readonly GatewayRoute[] = [viaAlb]) {
  const { spec } = customResource(stacks(gateways, routes), "Gateway", "front");
  return z.array(listenerShape).parse(spec["listeners"]);
}

function configuration(gateways: Gateways, routes: readonly GatewayRoute[] = [viaAlb]) {
  return customResource(stacks(gateways, routes), "LoadBalancerConfiguration", "front").spec;
}

describe("a gateway", () => {
  test.each(["alb", "nlb"] as const)("of kind %s has the class that the load balancer controller serves", (kind) => {
    const gateways: Gateways = { front: kind === "alb" ? { kind } : { kind, listeners: [tcp] } };
    const all = stacks(gateways, [kind === "alb" ? viaAlb : viaNlb]);
    expect(customResource(all, "GatewayClass", `aws-${kind}`).spec).toEqual({
      controllerName: `gateway.k8s.aws/${kind}`,
    });
    expect(customResource(all, "Gateway", "front")).toMatchObject({
      apiVersion: "gateway.networking.k8s.io/v1",
      metadata: { namespace: "gateways" },
      spec: {
        gatewayClassName: `aws-${kind}`,
        infrastructure: {
          parametersRef: { group: "gateway.k8s.aws", kind: "LoadBalancerConfiguration", name: "front" },
        },
      },
    });
  });

  const plainHttp = { reason: "Nothing that is secret goes through it." };

  test.each(["internal", "internet-facing"] as const)("exposure %s is the load balancer's scheme", (exposure) => {
    expect(configuration({ front: { kind: "alb", exposure, plainHttp } })["scheme"]).toBe(exposure);
    expect(
      configuration({ front: { kind: "nlb", exposure, listeners: [{ ...tcp, tlsInPods: true }] } }, [viaNlb])["scheme"],
    ).toBe(exposure);
  });

  test("is internal and open to the whole VPC unless the environment says otherwise", () => {
    const spec = configuration({ front: { kind: "alb" } });
    expect(spec["scheme"]).toBe("internal");
    expect(spec).not.toHaveProperty("sourceRanges");
    expect(configuration({ front: { kind: "alb", inboundCidrs: ["10.1.0.0/16"] } })["sourceRanges"]).toEqual([
      "10.1.0.0/16",
    ]);
  });

  test("serves HTTP alone without certificates", () => {
    expect(listeners({ front: { kind: "alb" } })).toMatchObject([{ name: "http", protocol: "HTTP", port: 80 }]);
    expect(configuration({ front: { kind: "alb" } })).not.toHaveProperty("listenerConfigurations");
    const routes = customResources(stacks({ front: { kind: "alb" } }, [viaAlb]));
    expect(routes.filter(({ kind }) => kind === "HTTPRoute").map(({ metadata }) => metadata.name)).toEqual(["shop"]);
  });

  test("serves HTTPS with certificates, by the load balancer's configuration and not by references", () => {
    const gateways: Gateways = {
      front: { kind: "alb", certificateArns: [certificateArn, otherCertificateArn] },
    };
    expect(configuration(gateways)["listenerConfigurations"]).toEqual([
      {
        protocolPort: "HTTPS:443",
        defaultCertificate: certificateArn,
        certificates: [otherCertificateArn],
        sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
      },
    ]);
    expect(JSON.stringify(listeners(gateways))).not.toContain("certificateRefs");
  });

  test("redirects HTTP to HTTPS where it has certificates, and takes no other route by HTTP", () => {
    const gateways: Gateways = { front: { kind: "alb", certificateArns: [certificateArn] } };
    const [http, https] = listeners(gateways);
    expect(http).toMatchObject({ protocol: "HTTP", port: 80, allowedRoutes: { namespaces: { from: "Same" } } });
    expect(https).toMatchObject({ protocol: "HTTPS", port: 443, allowedRoutes: { namespaces: { from: "Selector" } } });
    expect(customResource(stacks(gateways, [viaAlb]), "HTTPRoute", "front-https")).toMatchObject({
      metadata: { namespace: "gateways" },
      spec: {
        parentRefs: [{ name: "front", sectionName: "http" }],
        rules: [{ filters: [{ type: "RequestRedirect", requestRedirect: { scheme: "https", statusCode: 301 } }] }],
      },
    });
  });

  test("takes routes from the namespaces that have one, and from no other", () => {
    const [http] = listeners({ front: { kind: "alb" } });
    expect(at(http, "allowedRoutes")).toEqual({
      kinds: [{ kind: "HTTPRoute" }],
      namespaces: {
        from: "Selector",
        selector: {
          matchExpressions: [{ key: "kubernetes.io/metadata.name", operator: "In", values: ["web"] }],
        },
      },
    });
  });

  test("of kind nlb has a listener for each port, and terminates TLS where one says so", () => {
    const tls = { kind: "tls", port: 443, certificateArn } as const;
    const gateways: Gateways = { front: { kind: "nlb", listeners: [tcp, tls] } };
    expect(listeners(gateways, [viaNlb])).toMatchObject([
      { name: "tcp-5432", protocol: "TCP", port: 5432 },
      { name: "tls-443", protocol: "TLS", port: 443, tls: { mode: "Terminate" } },
    ]);
    expect(configuration(gateways, [viaNlb])["listenerConfigurations"]).toEqual([
      {
        protocolPort: "TLS:443",
        defaultCertificate: certificateArn,
        sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
      },
    ]);
  });

  test("puts a web ACL in front of an ALB, and none where no ARN is given", () => {
    const webAclArn = "arn:aws:wafv2:us-west-2:123456789012:regional/webacl/front/0123";
    expect(configuration({ front: { kind: "alb", webAclArn } })["wafV2"]).toEqual({ webACL: webAclArn });
    expect(configuration({ front: { kind: "alb" } })).not.toHaveProperty("wafV2");
  });

  test("stands in a namespace that is made with it", () => {
    const { apps } = stacks({ front: { kind: "alb", namespace: "edge" } }, [viaAlb]);
    expect(resource(apps, "kubernetes_namespace_v1", "namespaces_edge")).toMatchObject({ metadata: { name: "edge" } });
  });
});

describe("a route through a gateway", () => {
  test("is an HTTPRoute from host and path to the workload's Service behind an ALB", () => {
    const routed = stacks({ front: { kind: "alb" } }, [{ ...viaAlb, host: "shop.example.com", path: "/api" }]);
    expect(customResource(routed, "HTTPRoute", "shop")).toMatchObject({
      metadata: { namespace: "web" },
      spec: {
        parentRefs: [{ name: "front", namespace: "gateways", sectionName: "http" }],
        hostnames: ["shop.example.com"],
        rules: [
          {
            matches: [{ path: { type: "PathPrefix", value: "/api" } }],
            backendRefs: [{ name: "shop-svc", port: 80 }],
          },
        ],
      },
    });
    expect(routed.apps.output["doors"]?.value).toMatchObject({ "shop/gateway/shop": "shop.example.com/api" });
  });

  test("is for every host and path unless the route says otherwise", () => {
    const { spec } = customResource(stacks({ front: { kind: "alb" } }, [viaAlb]), "HTTPRoute", "shop");
    expect(spec).not.toHaveProperty("hostnames");
    expect(at(spec, "rules", 0, "matches")).toEqual([{ path: { type: "PathPrefix", value: "/" } }]);
  });

  test("attaches to HTTPS where its gateway has it", () => {
    const gateways: Gateways = { front: { kind: "alb", certificateArns: [certificateArn] } };
    const { spec } = customResource(stacks(gateways, [viaAlb]), "HTTPRoute", "shop");
    expect(at(spec, "parentRefs", 0, "sectionName")).toBe("https");
  });

  test("is a TCPRoute from its listener to the Service behind an NLB", () => {
    const routed = stacks({ front: { kind: "nlb", listeners: [tcp] } }, [viaNlb]);
    expect(customResource(routed, "TCPRoute", "shop").spec).toEqual({
      parentRefs: [{ name: "front", namespace: "gateways", sectionName: "tcp-5432" }],
      rules: [{ backendRefs: [{ name: "shop-svc", port: 80 }] }],
    });
    expect(routed.apps.output["doors"]?.value).toMatchObject({ "shop/gateway/shop": "*:5432" });
  });

  test("makes the pods targets by their addresses, checked as their readiness probe does, once for all routes", () => {
    const two = [viaAlb, { ...viaAlb, name: "second", path: "/second" }];
    const targets = (workload: object) =>
      customResources(stacks({ front: { kind: "alb" } }, two, workload)).filter(
        ({ kind }) => kind === "TargetGroupConfiguration",
      );
    const [checked, ...more] = targets({ probes: { readiness: { ...probe, port: 9000 } } });
    expect(more).toEqual([]);
    expect(checked).toMatchObject({
      metadata: { name: "shop-svc", namespace: "web" },
      spec: {
        targetReference: { group: "", kind: "Service", name: "shop-svc" },
        defaultConfiguration: {
          targetType: "ip",
          healthCheckConfig: { healthCheckProtocol: "HTTP", healthCheckPath: "/ready", healthCheckPort: "9000" },
        },
      },
    });
    const samePort = targets({ probes: { readiness: probe } })[0]?.spec;
    expect(at(samePort, "defaultConfiguration", "healthCheckConfig")).not.toHaveProperty("healthCheckPort");
    expect(targets({})[0]?.spec["defaultConfiguration"]).toEqual({
      targetType: "ip",
      targetGroupAttributes: [{ key: "deregistration_delay.timeout_seconds", value: "30" }],
    });
  });

  test("waits for its gateway, which waits for its class", () => {
    const all = stacks({ front: { kind: "alb" } }, [viaAlb]);
    const waits = (kind: string, name: string) => {
      const { release } = customResource(all, kind, name);
      return list(release.arguments["depends_on"] as string[] | undefined);
    };
    expect(waits("HTTPRoute", "shop")).toEqual([
      "helm_release.gateway_api_front",
      "helm_release.gateway_api_targets_web_shop-svc",
    ]);
    expect(waits("Gateway", "front")).toContain("helm_release.gateway_api_shared_classes");
  });

  test("asks ExternalDNS for a record by an annotation, and by none otherwise", () => {
    const asking: GatewayRoute = { ...viaAlb, host: "shop.example.com", dns: { kind: "external-dns" } };
    const metadata = (declared: GatewayRoute) =>
      customResource(stacks({ front: { kind: "alb" } }, [declared]), "HTTPRoute", "shop").metadata;
    expect(metadata(asking)).toHaveProperty(
      ["annotations", "external-dns.alpha.kubernetes.io/hostname"],
      "shop.example.com",
    );
    expect(metadata({ ...viaAlb, host: "shop.example.com" })).not.toHaveProperty("annotations");
  });

  test("shares the space of hosts and paths with all routes through its gateway, or has a listener to itself", () => {
    const owner = { name: "shop", namespace: "web" };
    expect(routeFacts(route(viaAlb), owner)).toMatchObject({
      object: { kind: "HTTPRoute", name: "shop" },
      host: "*",
      path: "/",
      entrance: "gateway:front",
    });
    expect(routeFacts(route(viaNlb), owner)).toMatchObject({
      object: { kind: "TCPRoute", name: "shop" },
      host: undefined,
      path: undefined,
      entrance: "gateway:front:5432",
    });
  });
});
