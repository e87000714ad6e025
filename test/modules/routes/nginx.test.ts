import { describe, expect, test } from "vitest";
import type { EnvironmentInput } from "../../../platform/environment";
import { routeFacts, routeProblems } from "../../../platform/route";
import { synthStacks } from "../../support/environments";
import { at } from "../../support/json";
import { typedResource } from "../../support/kubernetes-objects";
import { minimal } from "../../support/minimal";
import { resource, type TerraformJson } from "../../support/synth";
import { place, type RouteInput, route, synthRoute } from "./synth-route";

type NginxInput = Omit<Extract<RouteInput, { kind: "nginx" }>, "kind">;

const owner = { name: "shop", namespace: "web" };
const mergeable = "nginx.org/mergeable-ingress-type";
const hostnameAnnotation = "external-dns.alpha.kubernetes.io/hostname";
const balancer = "data.aws_lb.host_nginx_ingress-nginx-controller";

function synth(input: NginxInput = {}): TerraformJson {
  return synthRoute({ kind: "nginx", ...input }, {}, { controllers: { nginx: { kind: "community" } } });
}

const ingress = (input: NginxInput = {}) => resource(synth(input), "kubernetes_ingress_v1", "door");

describe("nginx", () => {
  test("a route is an Ingress of class nginx from host and path to the workload's Service", () => {
    expect(ingress({ name: "front", host: "shop.example.com", path: "/api" })).toEqual({
      metadata: { name: "front", namespace: "web" },
      spec: {
        ingress_class_name: "nginx",
        rule: [
          {
            host: "shop.example.com",
            http: {
              path: [
                {
                  path: "/api",
                  path_type: "Prefix",
                  backend: { service: { name: "shop-svc", port: { number: 80 } } },
                },
              ],
            },
          },
        ],
      },
      depends_on: ["kubernetes_service_v1.service"],
    });
  });

  test("it is for every host and path unless the route says otherwise, and no rule names the host *", () => {
    const [rule] = at(ingress(), "spec", "rule") as readonly object[];
    expect(rule).not.toHaveProperty("host");
    expect(at(rule, "http", "path", 0)).toMatchObject({ path: "/", path_type: "Prefix" });
  });

  test("a path can be meant exactly", () => {
    expect(at(ingress({ pathType: "Exact" }), "spec", "rule", 0, "http", "path", 0, "path_type")).toBe("Exact");
  });

  test("TLS is by the name of a Secret, for the route's host, and absent unless asked for", () => {
    const host = "shop.example.com";
    expect(at(ingress({ host, tls: { secretName: "shop-tls" } }), "spec", "tls")).toEqual([
      { hosts: [host], secret_name: "shop-tls" },
    ]);
    expect(at(ingress({ host }), "spec")).not.toHaveProperty("tls");
  });

  test("TLS for every host is refused, since nginx picks a certificate by the host", () => {
    expect(routeProblems(route({ kind: "nginx", tls: { secretName: "shop-tls" } }), owner, place)).toEqual([
      {
        path: "tls",
        value: { secretName: "shop-tls" },
        rule: "The route is for every host, and nginx picks a certificate by the host that a caller names.",
        remedy: "Write the certificate's host, or take tls out.",
      },
    ]);
  });

  test("its record is an alias to the load balancer of nginx, found by the tags of the load balancer controller", () => {
    const json = synth({ host: "shop.example.com", dns: { kind: "route53", zone: "example.com" } });
    expect(resource(json, "aws_route53_record", "host_shop_example_com")).toEqual({
      zone_id: "ZONE-OF-example.com",
      name: "shop.example.com",
      type: "A",
      alias: {
        name: `\${${balancer}.dns_name}`,
        zone_id: `\${${balancer}.zone_id}`,
        evaluate_target_health: true,
      },
    });
    expect(json.data["aws_lb"]?.["host_nginx_ingress-nginx-controller"]).toEqual({
      tags: { "elbv2.k8s.aws/cluster": "dev", "service.k8s.aws/stack": "nginx/ingress-nginx-controller" },
      // Looked up once the Ingress is there: a plan before anything exists would fail for want of it.
      depends_on: ["kubernetes_ingress_v1.door"],
    });
  });

  test("the load balancer of F5's nginx is that of its own Service", () => {
    const json = synthRoute(
      { kind: "nginx", host: "shop.example.com", dns: { kind: "route53", zone: "example.com" } },
      {},
      { controllers: { nginx: { kind: "f5", namespace: "edge" } } },
    );
    expect(json.data["aws_lb"]?.["host_edge_nginx-ingress-controller"]).toMatchObject({
      tags: { "service.k8s.aws/stack": "edge/nginx-ingress-controller" },
    });
  });

  test("ExternalDNS is asked by an annotation, and by none otherwise", () => {
    const host = "shop.example.com";
    const json = synth({ host, dns: { kind: "external-dns" } });
    expect(at(resource(json, "kubernetes_ingress_v1", "door"), "metadata", "annotations")).toEqual({
      [hostnameAnnotation]: host,
    });
    expect(json.resource).not.toHaveProperty("aws_route53_record");
    expect(at(ingress({ host }), "metadata")).not.toHaveProperty("annotations");
  });

  test("it tells the host it answers for, or the load balancer's where it answers for all", () => {
    expect(synth({ host: "shop.example.com", path: "/api" }).output["address"]?.value).toBe("shop.example.com/api");
    expect(synth().output["address"]?.value).toBe(`\${${balancer}.dns_name}/`);
  });

  test("all routes through nginx share one entrance, whichever workload they are of", () => {
    const facts = routeFacts(route({ kind: "nginx", host: "shop.example.com" }), owner);
    expect(facts).toMatchObject({ object: { kind: "Ingress", name: "shop" }, entrance: "nginx", path: "/" });
    expect(routeFacts(route({ kind: "nginx" }), { name: "cart", namespace: "other" }).entrance).toBe(facts.entrance);
  });
});

describe("a host that several routes share", () => {
  const host = "shop.example.com";
  const image = { name: "nginx", tag: "1" };
  const workload = (path: string, secretName?: string) => ({
    image,
    port: 8080,
    routes: [{ kind: "nginx" as const, host, path, ...(secretName === undefined ? {} : { tls: { secretName } }) }],
  });

  function stacks(kind: "community" | "f5", workloads: NonNullable<EnvironmentInput["workloads"]>) {
    return synthStacks({
      ...minimal(),
      acknowledgeEndOfLife: { ingressNginx: "2026-03" },
      controllers: { ...minimal().controllers, nginx: { kind } },
      workloads,
    });
  }
  const shared = {
    cart: { ...workload("/cart"), namespace: "one" },
    till: { ...workload("/till", "tls"), namespace: "two" },
  };
  const annotations = (all: ReturnType<typeof stacks>, name: string) =>
    (at(typedResource(all, "kubernetes_ingress_v1", name), "metadata") as { annotations?: object }).annotations;

  test("has an Ingress of its own with F5's nginx, and the routes belong to it", () => {
    const all = stacks("f5", shared);
    expect(typedResource(all, "kubernetes_ingress_v1", `nginx.${host}`)).toMatchObject({
      metadata: { namespace: "two", annotations: { [mergeable]: "master" } },
      // F5's nginx takes TLS from this one and refuses it in the others.
      spec: { ingress_class_name: "nginx-f5", rule: [{ host }], tls: [{ hosts: [host], secret_name: "tls" }] },
    });
    for (const name of ["cart", "till"]) {
      expect(annotations(all, name)).toEqual({ [mergeable]: "minion" });
      expect(at(typedResource(all, "kubernetes_ingress_v1", name), "spec")).not.toHaveProperty("tls");
    }
  });

  test("needs nothing with the community's nginx, which merges by itself", () => {
    const all = stacks("community", shared);
    expect(Object.keys(all.apps.resource["kubernetes_ingress_v1"] ?? {})).toEqual([
      "workload_cart_nginx",
      "workload_till_nginx",
    ]);
    expect(annotations(all, "cart")).toBeUndefined();
    expect(at(typedResource(all, "kubernetes_ingress_v1", "till"), "spec")).toHaveProperty("tls");
  });

  test("is no such host where one route alone has it", () => {
    const all = stacks("f5", { cart: workload("/cart", "tls") });
    expect(Object.keys(all.apps.resource["kubernetes_ingress_v1"] ?? {})).toEqual(["workload_cart_nginx"]);
    expect(annotations(all, "cart")).toBeUndefined();
    expect(at(typedResource(all, "kubernetes_ingress_v1", "cart"), "spec")).toHaveProperty("tls");
  });

  test("may be every host", () => {
    const everyHost = (path: string) => ({ image, port: 8080, routes: [{ kind: "nginx" as const, path }] });
    const all = stacks("f5", { cart: everyHost("/cart"), till: everyHost("/till") });
    expect(at(typedResource(all, "kubernetes_ingress_v1", "nginx.any"), "spec")).toEqual({
      ingress_class_name: "nginx-f5",
      rule: [{}],
    });
  });
});
