import { describe, expect, test } from "vitest";
import { liesIn } from "../../../modules/dns/record";
import { at } from "../../support/json";
import { resource, type TerraformJson } from "../../support/synth";
import { type RouteInput, synthRoute } from "../routes/synth-route";

const host = "shop.example.com";
const dns = { kind: "route53", zone: "example.com" } as const;
const annotation = ["metadata", "annotations", "external-dns.alpha.kubernetes.io/hostname"] as const;

const ambassador = (rest: object): TerraformJson =>
  synthRoute({ kind: "ambassador", host, ...rest } as RouteInput, {}, { controllers: { emissary: {} } });

describe("the record of a host", () => {
  test("behind an ALB is an alias to the name that the Ingress tells, in the zone of the region's ALBs", () => {
    const json = synthRoute({ kind: "alb", host, dns });
    expect(resource(json, "aws_route53_record", "host_shop_example_com")).toMatchObject({
      name: host,
      type: "A",
      zone_id: "ZONE-OF-example.com",
      alias: {
        name: "${kubernetes_ingress_v1.door.status[0].load_balancer[0].ingress[0].hostname}",
        zone_id: "${data.aws_lb_hosted_zone_id.host_application-load-balancers.id}",
      },
    });
    expect(json.data["aws_lb_hosted_zone_id"]?.["host_application-load-balancers"]).toEqual({
      load_balancer_type: "application",
    });
  });

  test("behind an ALB can be ExternalDNS's to make, by an annotation beside those of the ALB", () => {
    const ingress = resource(
      synthRoute({ kind: "alb", host, dns: { kind: "external-dns" } }),
      "kubernetes_ingress_v1",
      "door",
    );
    expect(at(ingress, ...annotation)).toBe(host);
    expect(at(ingress, "metadata", "annotations", "alb.ingress.kubernetes.io/scheme")).toBe("internal");
  });

  test("behind Ambassador is an alias to the NLB of its Service", () => {
    const json = ambassador({ dns });
    expect(json.data["aws_lb"]?.["host_emissary_ambassador"]).toEqual({
      tags: { "elbv2.k8s.aws/cluster": "dev", "service.k8s.aws/stack": "emissary/ambassador" },
      depends_on: ["helm_release.door"],
    });
    expect(resource(json, "aws_route53_record", "host_shop_example_com")).toMatchObject({
      alias: {
        name: "${data.aws_lb.host_emissary_ambassador.dns_name}",
        zone_id: "${data.aws_lb.host_emissary_ambassador.zone_id}",
      },
    });
  });

  test("is nobody's to make unless the route says so", () => {
    for (const json of [synthRoute({ kind: "alb", host }), ambassador({})]) {
      expect(json.resource).not.toHaveProperty("aws_route53_record");
      expect(json.data).not.toHaveProperty("aws_lb");
      expect(JSON.stringify(json)).not.toContain("external-dns");
    }
  });

  test("can be one of several, by weight or as the first or second of two, told apart by the environment", () => {
    const record = (among?: object) =>
      resource(
        synthRoute({ kind: "alb", host, dns: { ...dns, ...(among === undefined ? {} : { among }) } } as RouteInput),
        "aws_route53_record",
        "host_shop_example_com",
      );
    expect(record({ kind: "weighted", weight: 10 })).toMatchObject({
      set_identifier: "dev",
      weighted_routing_policy: { weight: 10 },
      alias: { evaluate_target_health: true },
    });
    expect(record({ kind: "failover", role: "secondary" })).toMatchObject({
      set_identifier: "dev",
      failover_routing_policy: { type: "SECONDARY" },
    });
    expect(record()).not.toHaveProperty("set_identifier");
  });

  test("may be of every name below another", () => {
    const json = synthRoute({ kind: "alb", host: "*.example.com", dns });
    expect(resource(json, "aws_route53_record", "host_any_example_com")["name"]).toBe("*.example.com");
  });
});

describe("a host lies in a zone", () => {
  test.each([
    ["example.com", true],
    ["shop.example.com", true],
    ["a.b.example.com", true],
    ["*.example.com", true],
    ["badexample.com", false],
    ["example.org", false],
    ["com", false],
  ])("%s in example.com: %s", (name, lies) => {
    expect(liesIn(name, "example.com")).toBe(lies);
  });
});
