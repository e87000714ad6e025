import { describe, expect, it } from "vitest";
import type { EnvironmentInput } from "../../../platform/environment";
import { checked, synthStacks } from "../../support/environments";
import { minimal } from "../../support/minimal";
import { resource, type TerraformJson } from "../../support/synth";

const image = { name: "public.ecr.aws/nginx/nginx", tag: "1.29.3" };
type Routes = NonNullable<NonNullable<EnvironmentInput["workloads"]>[string]["routes"]>;

const behind = (routes: Routes, rest: Partial<EnvironmentInput> = {}): EnvironmentInput => ({
  ...minimal(),
  workloads: { shop: { image, port: 8080, routes } },
  ...rest,
});

const doorsOf = (json: TerraformJson) => Object.keys(Object(json.output["doors"]?.value)).sort();

describe("what once ended in a stack trace and means something works", () => {
  it.each(["rest", "http"] as const)("two routes without names through one %s API are two doors", (kind) => {
    const { apps } = synthStacks(
      behind(
        [
          { kind: "api-gateway", api: "shop", path: "/orders" },
          { kind: "api-gateway", api: "shop", path: "/carts" },
        ],
        { apis: { shop: { kind } } },
      ),
    );
    expect(doorsOf(apps)).toEqual(["shop/api-gateway/shop", "shop/api-gateway/shop/carts"]);
  });

  it("two routes without names through two APIs are two doors", () => {
    const { apps } = synthStacks(
      behind(
        [
          { kind: "api-gateway", api: "one", path: "/" },
          { kind: "api-gateway", api: "two", path: "/" },
        ],
        { apis: { one: { kind: "rest" }, two: { kind: "http" } } },
      ),
    );
    expect(doorsOf(apps)).toEqual(["shop/api-gateway/shop", "shop/api-gateway/two/"]);
  });

  it("a host called any has a record beside that of every host", () => {
    const { apps } = synthStacks(
      behind(
        ["any.example.com", "*.example.com"].map((host, index) => ({
          kind: "alb" as const,
          name: `shop-${index}`,
          host,
          dns: { kind: "route53" as const, zone: "example.com" },
        })),
        { dns: { zones: { "example.com": { kind: "create" } } } },
      ),
    );
    expect(resource(apps, "aws_route53_record", "dns_host_any_example_com")["name"]).toBe("*.example.com");
    expect(resource(apps, "aws_route53_record", "dns_host__any_example_com")["name"]).toBe("any.example.com");
  });

  it("a host called any is shared beside every host in F5's nginx", () => {
    const shared = ["any.example.com", "*.example.com"].flatMap((host, index) =>
      ["/a", "/b"].map((path) => ({ kind: "nginx" as const, name: `shop${index}${path.slice(1)}`, host, path })),
    );
    const { apps } = synthStacks(
      behind(shared, {
        controllers: { awsLoadBalancerController: {}, nginx: { kind: "f5", exposure: "internal" } },
      }),
    );
    const masters = Object.keys(apps.resource["kubernetes_ingress_v1"] ?? {}).filter((name) => name.includes("nginx_"));
    expect(masters.filter((name) => name.endsWith("any_example_com"))).toHaveLength(2);
  });

  it("a kube2iam role called like another's policy has an address of its own", () => {
    const { identity } = synthStacks({
      ...minimal(),
      identity: {
        kube2iamRoles: {
          a: { statements: [{ actions: ["s3:GetObject"], resources: ["*"] }] },
          a_policy: {},
        },
      },
    });
    expect(Object.keys(identity.resource["aws_iam_role"] ?? {})).toEqual(
      expect.arrayContaining(["kube2iam_a", "kube2iam_a_policy"]),
    );
  });
});

describe("what was once refused and means something works", () => {
  it("a host under a top-level domain of another script", () => {
    const { workloads } = checked(behind([{ kind: "alb", host: "shop.xn--p1ai" }]));
    expect(workloads["shop"]?.routes[0]).toMatchObject({ host: "shop.xn--p1ai" });
  });

  it("a fraction of a gibibyte", () => {
    const { workloads } = checked({
      ...minimal(),
      workloads: { shop: { image, port: 8080, resources: { limits: { memory: "1.5Gi" } } } },
    });
    expect(workloads["shop"]?.resources.limits.memory).toBe("1.5Gi");
  });

  it.each([
    ["eusc-de-east-1", "aws-eusc"],
    ["us-iso-east-1", "aws-iso"],
    ["us-isob-east-1", "aws-iso-b"],
    ["us-gov-west-1", "aws-us-gov"],
    ["cn-north-1", "aws-cn"],
    ["ap-southeast-7", "aws"],
  ])("the region %s, of the partition %s", (region, partition) => {
    const { cluster } = minimal();
    const environment = checked({
      ...minimal(),
      aws: { region, accountId: "123456789012" },
      cluster: {
        ...cluster,
        access: {
          operators: {
            principalArn: `arn:${partition}:iam::123456789012:role/operators`,
            policies: [{ policy: "cluster-admin" }],
          },
        },
      },
    });
    expect(environment.aws.partition).toBe(partition);
  });
});
