import { describe, expect, test } from "vitest";
import { z } from "zod";
import { routeSchema } from "../../../platform/doors";
import { routeFacts } from "../../../platform/route";
import { resource } from "../../support/synth";
import { type RouteInput, route, synthRoute } from "./synth-route";

type AlbInput = Omit<Extract<RouteInput, { kind: "alb" }>, "kind">;

const certificateArn = "arn:aws:acm:us-west-2:123456789012:certificate/0123";
const webAclArn = "arn:aws:wafv2:us-west-2:123456789012:regional/webacl/shop/0123";
const owner = { name: "shop", namespace: "web" };

const ingressShape = z.looseObject({
  metadata: z.object({ name: z.string(), namespace: z.string(), annotations: z.record(z.string(), z.string()) }),
  spec: z.object({ ingress_class_name: z.string(), rule: z.array(z.record(z.string(), z.unknown())) }),
});

function ingress(input: AlbInput = {}, target: Parameters<typeof synthRoute>[1] = {}) {
  const json = synthRoute({ kind: "alb", ...input }, target);
  return ingressShape.parse(resource(json, "kubernetes_ingress_v1", "door"));
}

function annotations(input: AlbInput = {}, target: Parameters<typeof synthRoute>[1] = {}) {
  const prefix = "alb.ingress.kubernetes.io/";
  return Object.fromEntries(
    Object.entries(ingress(input, target).metadata.annotations).map(([key, value]) => {
      expect(key.startsWith(prefix)).toBe(true);
      return [key.slice(prefix.length), value];
    }),
  );
}

describe("alb", () => {
  test("a route is an Ingress of class alb by its field, not by the old annotation", () => {
    const made = ingress();
    expect(made.spec.ingress_class_name).toBe("alb");
    expect(made.metadata.annotations).not.toHaveProperty("kubernetes.io/ingress.class");
    expect(made.metadata).toMatchObject({ name: "shop", namespace: "web" });
  });

  test("every host and path lead to the workload's Service by default", () => {
    expect(ingress().spec.rule).toEqual([
      {
        http: {
          path: [{ path: "/", path_type: "Prefix", backend: { service: { name: "shop-svc", port: { number: 80 } } } }],
        },
      },
    ]);
  });

  test("a host and a path narrow the rule, and the Ingress takes a name of its own", () => {
    const made = ingress({ name: "shop-api", host: "*.example.com", path: "/api" });
    expect(made.metadata.name).toBe("shop-api");
    expect(made.spec.rule).toMatchObject([{ host: "*.example.com", http: { path: [{ path: "/api" }] } }]);
  });

  test.each(["internal", "internet-facing"] as const)("exposure %s is the scheme", (exposure) => {
    expect(annotations({ exposure })["scheme"]).toBe(exposure);
  });

  test("it is internal unless opened", () => {
    expect(annotations()["scheme"]).toBe("internal");
  });

  test("targets are the pods' own addresses, and malformed headers do not reach them", () => {
    expect(annotations()).toMatchObject({
      "target-type": "ip",
      "load-balancer-attributes": "routing.http.drop_invalid_header_fields.enabled=true",
    });
  });

  test("without a certificate there is HTTP on 80 alone, and nothing of TLS", () => {
    const plain = annotations();
    expect(plain["listen-ports"]).toBe('[{"HTTP":80}]');
    for (const key of ["certificate-arn", "ssl-policy", "ssl-redirect"]) expect(plain).not.toHaveProperty(key);
  });

  test("with a certificate HTTPS on 443 serves, and HTTP on 80 redirects to it", () => {
    expect(annotations({ certificateArn })).toMatchObject({
      "listen-ports": '[{"HTTP":80},{"HTTPS":443}]',
      "certificate-arn": certificateArn,
      "ssl-redirect": "443",
      "ssl-policy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
    });
    const strict = annotations({ certificateArn, sslPolicy: "ELBSecurityPolicy-TLS13-1-3-2021-06" });
    expect(strict["ssl-policy"]).toBe("ELBSecurityPolicy-TLS13-1-3-2021-06");
  });

  test("a certificate of the environment is presented by its name", () => {
    expect(annotations({ certificate: "web" })).toMatchObject({
      "listen-ports": '[{"HTTP":80},{"HTTPS":443}]',
      "certificate-arn": "ARN-OF-web",
    });
  });

  test("Strict-Transport-Security is an attribute of the HTTPS listener where it is chosen", () => {
    expect(annotations({ certificateArn, hsts: { includeSubDomains: true } })["listener-attributes.HTTPS-443"]).toBe(
      "routing.http.response.strict_transport_security.header_value=max-age=31536000; includeSubDomains",
    );
    expect(annotations({ certificateArn })).not.toHaveProperty("listener-attributes.HTTPS-443");
  });

  test("the health check is the HTTP readiness probe, with its port where that differs, or /", () => {
    expect(annotations()).toMatchObject({ "healthcheck-path": "/" });
    const same = annotations({}, { healthCheck: { path: "/ready", port: 8080 } });
    expect(same["healthcheck-path"]).toBe("/ready");
    expect(same).not.toHaveProperty("healthcheck-port");
    expect(annotations({}, { healthCheck: { path: "/ready", port: 9000 } })).toMatchObject({
      "healthcheck-path": "/ready",
      "healthcheck-port": "9000",
    });
  });

  test("a health check of the route's own goes to the port that gets the traffic", () => {
    const own = annotations({ healthCheckPath: "/own" }, { healthCheck: { path: "/ready", port: 9000 } });
    expect(own["healthcheck-path"]).toBe("/own");
    expect(own).not.toHaveProperty("healthcheck-port");
  });

  test("networks, web ACL and group are annotations only where they are written down", () => {
    expect(annotations({ inboundCidrs: ["10.0.0.0/8", "192.0.2.0/24"], webAclArn, group: "edge" })).toMatchObject({
      "inbound-cidrs": "10.0.0.0/8,192.0.2.0/24",
      "wafv2-acl-arn": webAclArn,
      "group.name": "edge",
    });
    const plain = annotations();
    for (const key of ["inbound-cidrs", "wafv2-acl-arn", "group.name", "group.order"]) {
      expect(plain).not.toHaveProperty(key);
    }
  });

  test("Terraform waits for the load balancer and publishes its name with the path", () => {
    const json = synthRoute({ kind: "alb", path: "/api" });
    expect(resource(json, "kubernetes_ingress_v1", "door")).toMatchObject({
      wait_for_load_balancer: true,
      depends_on: ["kubernetes_service_v1.service"],
    });
    const reference = "kubernetes_ingress_v1.door.status[0].load_balancer[0].ingress[0].hostname";
    expect(json.output["address"]?.value).toBe(`\${${reference}}/api`);
  });

  test("routes share hosts and paths within a group, else within their own Ingress", () => {
    expect(routeFacts(route({ kind: "alb", group: "edge" }), owner).entrance).toBe("alb-group:edge");
    expect(routeFacts(route({ kind: "alb" }), owner)).toEqual({
      object: { kind: "Ingress", name: "shop" },
      host: "*",
      path: "/",
      exposure: "internal",
      entrance: "alb:web/shop",
      toldApartBy: "",
      podsAreTargets: true,
      subnets: 2,
      terminatesTls: false,
      certificates: [],
      namedCertificates: [],
      webAcls: [],
    });
    expect(routeFacts(route({ kind: "alb" }), { ...owner, name: "other" }).entrance).toBe("alb:web/other");
  });
});

describe("order within a group", () => {
  const order = (host: string, path: string) => Number(annotations({ group: "edge", host, path })["group.order"]);

  test("a longer path comes before one that it begins with", () => {
    expect(order("*", "/api/v1")).toBeLessThan(order("*", "/api"));
    expect(order("*", "/api")).toBeLessThan(order("*", "/"));
  });

  test("a named host comes before a wildcard, and that before every host, whatever their paths", () => {
    const longest = `/${"a".repeat(125)}`;
    expect(order("api.example.com", "/")).toBeLessThan(order("*.example.com", longest));
    expect(order("*.example.com", "/")).toBeLessThan(order("*", longest));
  });

  test("it stays within the controller's -1000 to 1000", () => {
    expect(order("*", "/")).toBeLessThanOrEqual(1000);
    expect(order("a.example.com", `/${"a".repeat(125)}`)).toBeGreaterThanOrEqual(-1000);
  });
});

describe("what rules know of an alb route", () => {
  test("its certificate, with which it terminates TLS, and its web ACL", () => {
    expect(routeFacts(route({ kind: "alb", certificateArn, webAclArn }), owner)).toMatchObject({
      terminatesTls: true,
      certificates: [{ field: ["certificateArn"], arn: certificateArn }],
      namedCertificates: [],
      webAcls: [{ field: ["webAclArn"], arn: webAclArn }],
    });
  });
});

describe("what an alb route cannot have", () => {
  test.each([
    ["/api/*", "a path is a prefix already; the load balancer controller refuses * in it"],
    [`/${"a".repeat(126)}`, "a path has at most 126 characters, for a rule of an ALB has at most 128 and ends in /*"],
  ])("path %s", (path, message) => {
    const result = routeSchema.safeParse({ kind: "alb", path });
    expect(result.error?.issues).toMatchObject([{ path: ["path"], message }]);
  });
});
