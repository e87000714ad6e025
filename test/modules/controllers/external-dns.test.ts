import { describe, expect, it } from "vitest";
import type { EnvironmentInput } from "../../../platform/environment";
import { synthStacks } from "../../support/environments";
import { list, policyOf } from "../../support/json";
import { releaseOf } from "../../support/kubernetes-objects";
import { minimal } from "../../support/minimal";
import { resource } from "../../support/synth";
import { chartProblems } from "./chart-problems";

type Controllers = NonNullable<EnvironmentInput["controllers"]>;

function stacks(options: NonNullable<Controllers["externalDns"]> = {}, rest: Partial<EnvironmentInput> = {}) {
  return synthStacks({
    ...minimal("shop"),
    dns: { zones: { "example.com": { kind: "create" }, "example.org": { kind: "existing", zoneId: "Z0123456789" } } },
    controllers: { ...minimal().controllers, externalDns: options },
    ...rest,
  });
}

const release = (...options: Parameters<typeof stacks>) => releaseOf(stacks(...options), "external-dns");

const withGatewayApi = { controllers: { awsLoadBalancerController: {}, gatewayApiCrds: {}, externalDns: {} } };

describe("ExternalDNS", () => {
  it("looks after the environment's zones, or after those of them that are named", () => {
    expect(release().values["domainFilters"]).toEqual(["example.com", "example.org"]);
    expect(release({ domains: ["example.org"] }).values["domainFilters"]).toEqual(["example.org"]);
  });

  it("may change the records of these zones and of no other", () => {
    const statements = (domains?: [string, ...string[]]) =>
      policyOf(
        resource(stacks(domains === undefined ? {} : { domains }).identity, "aws_iam_policy", "externalDns_policy"),
      ).Statement;
    const change = (domains?: [string, ...string[]]) =>
      statements(domains).filter(({ Action }) => list(Action).includes("route53:ChangeResourceRecordSets"));
    expect(change().flatMap(({ Resource }) => list(Resource))).toEqual([
      "arn:aws:route53:::hostedzone/${local.zone_example_com}",
      "arn:aws:route53:::hostedzone/${local.zone_example_org}",
    ]);
    expect(change(["example.org"]).flatMap(({ Resource }) => list(Resource))).toEqual([
      "arn:aws:route53:::hostedzone/${local.zone_example_org}",
    ]);
    const everywhere = statements().filter(({ Resource }) => list(Resource).includes("*"));
    expect(everywhere.flatMap(({ Action }) => list(Action))).toEqual(["route53:ListHostedZones"]);
  });

  it("its zones' ids come from the contract of the cluster stack", () => {
    const { identity } = stacks();
    expect(JSON.stringify(identity)).toContain(
      JSON.stringify('${data.terraform_remote_state.cluster.outputs.zone_ids["example.com"]}'),
    );
  });

  it("keeps to public zones, since a private one may have the same name", () => {
    expect(release().values["extraArgs"]).toEqual({ "aws-zone-type": "public" });
  });

  it("makes records of those objects alone that ask for one", () => {
    expect(release().values["annotationFilter"]).toBe("external-dns.alpha.kubernetes.io/hostname");
  });

  it.each(["upsert-only", "sync"] as const)("policy %s says whether it takes records away", (policy) => {
    expect(release({ policy }).values["policy"]).toBe(policy);
  });

  it("leaves records that nobody wants any more unless the environment says otherwise, and knows its own by the environment", () => {
    expect(release().values).toMatchObject({ policy: "upsert-only", registry: "txt", txtOwnerId: "shop" });
  });

  it("reads routes of the Gateway API where their kinds are, and starts after these", () => {
    expect(release().values["sources"]).toEqual(["service", "ingress"]);
    const after = release({}, withGatewayApi);
    expect(after.values["sources"]).toEqual(["service", "ingress", "gateway-httproute"]);
    expect(list(after.arguments["depends_on"] as string[])).toContain("helm_release.gateway-api-crds");
  });

  it("runs as a service account that has the role, by annotation with IRSA and by association with Pod Identity", () => {
    const irsa = release({}, { identity: { workloads: "irsa" } });
    expect(irsa.values["serviceAccount"]).toEqual({
      create: true,
      name: "external-dns",
      annotations: {
        "eks.amazonaws.com/role-arn":
          "${data.terraform_remote_state.identity.outputs.controller_role_arns.externalDns}",
      },
    });
    expect(release().values["serviceAccount"]).toEqual({ create: true, name: "external-dns" });
    expect(resource(stacks().identity, "aws_eks_pod_identity_association", "externalDns_association")).toMatchObject({
      namespace: "external-dns",
      service_account: "external-dns",
    });
  });

  it("gives its chart only values that it knows", (context) => {
    expect(chartProblems(context, release({}, withGatewayApi))).toEqual([]);
  });
});
