import { describe, expect, test } from "vitest";
import { z } from "zod";
import { list } from "../../support/json";
import { resource, resources, type TerraformJson } from "../../support/synth";
import { type RouteInput, synthRoute } from "./synth-route";

type AckInput = Omit<Extract<RouteInput, { kind: "ack-api-gateway" }>, "kind">;

const manifestShape = z.looseObject({
  kind: z.string(),
  metadata: z.object({ name: z.string(), namespace: z.string() }),
  spec: z.record(z.string(), z.unknown()),
});

const synth = (input: AckInput = {}) => synthRoute({ kind: "ack-api-gateway", ...input });

function manifests(json: TerraformJson, release: string) {
  const [text] = z.tuple([z.string()]).parse(resource(json, "helm_release", release)["values"]);
  return z.object({ manifests: z.array(manifestShape) }).parse(JSON.parse(text)).manifests;
}

function one(kind: string, input: AckInput = {}) {
  const json = synth(input);
  const all = ["door", "door_integration", "door_routes"].flatMap((release) => manifests(json, release));
  const found = all.find((manifest) => manifest.kind === kind);
  if (found === undefined) throw new Error(`no ${kind}`);
  return found;
}

describe("ack-api-gateway", () => {
  test("a route is an HTTP API of its own in the workload's namespace", () => {
    expect(one("API")).toMatchObject({
      apiVersion: "apigatewayv2.services.k8s.aws/v1alpha1",
      metadata: { name: "shop", namespace: "web" },
      spec: { name: "dev-shop", protocolType: "HTTP" },
    });
  });

  test("its VPC link has interfaces in the private subnets, which may reach the listener and nothing else", () => {
    expect(one("VPCLink").spec).toEqual({
      name: "dev-shop",
      subnetIDs: ["subnet-0aaaaaaaaaaaaaaa1", "subnet-0aaaaaaaaaaaaaaa2"],
      securityGroupIDs: ["${aws_security_group.door_vpc-link.id}"],
    });
    const rules = resources(synth(), "aws_vpc_security_group_egress_rule").filter(
      (rule) => rule["security_group_id"] === "${aws_security_group.door_vpc-link.id}",
    );
    expect(rules).toMatchObject([{ cidr_ipv4: "10.0.0.0/16", ip_protocol: "tcp", from_port: 80, to_port: 80 }]);
  });

  test("its integration leads to the listener of an internal load balancer, without the stage in the path", () => {
    expect(one("Integration").spec).toMatchObject({
      apiRef: { from: { name: "shop" } },
      connectionRef: { from: { name: "shop" } },
      connectionType: "VPC_LINK",
      integrationType: "HTTP_PROXY",
      integrationMethod: "ANY",
      integrationURI: "${aws_lb_listener.door_load-balancer_listener_80.arn}",
      payloadFormatVersion: "1.0",
      requestParameters: { "overwrite:path": "$request.path" },
    });
    expect(resource(synth(), "aws_lb", "door_load-balancer")).toMatchObject({
      internal: true,
      load_balancer_type: "network",
    });
  });

  test("its routes are the path and everything below it", () => {
    const keys = (input: AckInput) =>
      manifests(synth(input), "door_routes")
        .filter(({ kind }) => kind === "Route")
        .map(({ spec }) => spec["routeKey"]);
    expect(keys({ path: "/shop" })).toEqual(["ANY /shop", "ANY /shop/{proxy+}"]);
    expect(keys({})).toEqual(["ANY /", "ANY /{proxy+}"]);
  });

  test("callers sign unless the route says otherwise", () => {
    expect(one("Route").spec["authorizationType"]).toBe("AWS_IAM");
    const reason = "It is a public health check.";
    expect(one("Route", { authorization: { kind: "NONE", reason } }).spec["authorizationType"]).toBe("NONE");
  });

  test("tokens are checked by an authorizer, which the routes name with their scopes", () => {
    const issuer = "https://issuer.example.com";
    const input: AckInput = { authorization: { kind: "JWT", issuer, audience: ["shop"], scopes: ["read"] } };
    expect(one("Authorizer", input).spec).toMatchObject({
      authorizerType: "JWT",
      identitySource: ["$request.header.Authorization"],
      jwtConfiguration: { issuer, audience: ["shop"] },
    });
    expect(one("Route", input).spec).toMatchObject({
      authorizationType: "JWT",
      authorizerRef: { from: { name: "shop" } },
      authorizationScopes: ["read"],
    });
    expect(() => one("Authorizer")).toThrow("no Authorizer");
  });

  test("its stage deploys itself, is throttled and logs one JSON line a call", () => {
    expect(one("Stage", { stage: "v1" }).spec).toMatchObject({
      stageName: "v1",
      autoDeploy: true,
      defaultRouteSettings: { throttlingRateLimit: 1000, throttlingBurstLimit: 500 },
      accessLogSettings: { destinationARN: "${aws_cloudwatch_log_group.door_access-logs.arn}" },
    });
    expect(one("Stage").spec["stageName"]).toBe("$default");
  });

  test("logs can be off for a reason, and then there is no log group", () => {
    const off = { accessLogs: { kind: "off", reason: "The caller keeps its own." } } as const;
    expect(one("Stage", off).spec).not.toHaveProperty("accessLogSettings");
    expect(synth(off).resource).not.toHaveProperty("aws_cloudwatch_log_group");
  });

  test("a destroy takes routes and stage first, then the integration, then the API and its link", () => {
    const waits = (release: string) => list(resource(synth(), "helm_release", release)["depends_on"] as string[]);
    expect(waits("door_routes")).toEqual(["helm_release.door_integration"]);
    expect(waits("door_integration")).toEqual(["helm_release.door"]);
  });

  test("its load balancer and groups have names apart from those of an API of the same name in `apis`", () => {
    const json = synth({ name: "orders" });
    expect(resource(json, "aws_lb", "door_load-balancer")["name"]).toBe("dev-ack-orders");
    expect(resource(json, "aws_security_group", "door_vpc-link")["name"]).toBe("dev-ack-orders-vpc-link");
  });

  test("it tells where its address will stand, for Terraform does not learn it", () => {
    expect(synth({ path: "/shop" }).output["address"]?.value).toBe("API web/shop, status.apiEndpoint/shop");
  });
});
