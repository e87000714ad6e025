import { describe, expect, it } from "vitest";
import type { EnvironmentInput } from "../../../platform/environment";
import { synthStacks } from "../../support/environments";
import { policyOf } from "../../support/json";
import { customResource, customResources, releaseOf, typedResource } from "../../support/kubernetes-objects";
import { minimal } from "../../support/minimal";
import { resource, resources } from "../../support/synth";

type Issuers = NonNullable<NonNullable<NonNullable<EnvironmentInput["controllers"]>["certManager"]>["issuers"]>;

const letsEncrypt: Issuers = { public: { kind: "acme", email: "platform@example.com" } };

function stacks(issuers: Issuers, rest: Partial<EnvironmentInput> = {}) {
  return synthStacks({
    ...minimal("dev"),
    dns: { zones: { "example.com": { kind: "create" }, "example.org": { kind: "create" } } },
    controllers: { certManager: { issuers }, awsLoadBalancerController: {}, nginx: { kind: "f5" } },
    ...rest,
  });
}

describe("an ACME issuer", () => {
  it("proves hosts by records, a solver for each zone by its id, and keeps its account's key in the cluster", () => {
    expect(customResource(stacks(letsEncrypt), "ClusterIssuer", "public").spec).toEqual({
      acme: {
        email: "platform@example.com",
        server: "https://acme-v02.api.letsencrypt.org/directory",
        privateKeySecretRef: { name: "public-account" },
        solvers: ["example.com", "example.org"].map((domain) => ({
          selector: { dnsZones: [domain] },
          dns01: {
            route53: {
              region: "us-west-2",
              hostedZoneID: `\${local.zone_${domain.replace(".", "_")}}`,
            },
          },
        })),
      },
    });
  });

  it("is judged by cert-manager's webhook, so it waits for the release", () => {
    const made = stacks(letsEncrypt);
    expect(customResource(made, "ClusterIssuer", "public").release.arguments["depends_on"]).toContain(
      releaseOf(made, "cert-manager").address,
    );
  });

  it("gives cert-manager a role that writes TXT records of its zones, and nothing else", () => {
    const { identity } = stacks({ public: { kind: "acme", email: "platform@example.com", domains: ["example.com"] } });
    const [, write] = policyOf(resource(identity, "aws_iam_policy", "certManager_policy")).Statement;
    expect(write).toMatchObject({
      Action: "route53:ChangeResourceRecordSets",
      Resource: ["arn:aws:route53:::hostedzone/${local.zone_example_com}"],
      Condition: { "ForAllValues:StringEquals": { "route53:ChangeResourceRecordSetsRecordTypes": ["TXT"] } },
    });
    expect(resources(identity, "aws_eks_pod_identity_association")).toContainEqual(
      expect.objectContaining({ namespace: "cert-manager", service_account: "cert-manager" }),
    );
  });

  it("names the role at the service account where pods get theirs by IRSA", () => {
    const { values } = releaseOf(stacks(letsEncrypt, { identity: { workloads: "irsa" } }), "cert-manager");
    expect(values["serviceAccount"]).toEqual({
      annotations: {
        "eks.amazonaws.com/role-arn":
          "${data.terraform_remote_state.identity.outputs.controller_role_arns.certManager}",
      },
    });
    expect(releaseOf(stacks(letsEncrypt), "cert-manager").values).not.toHaveProperty("serviceAccount");
  });
});

describe("an authority of the cluster", () => {
  const inside: Issuers = { inside: { kind: "cluster-ca" } };

  it("is a certificate that signs itself, whose key is in the cluster alone, and an issuer of it", () => {
    const made = stacks(inside);
    expect(customResource(made, "ClusterIssuer", "inside-root").spec).toEqual({ selfSigned: {} });
    expect(customResource(made, "Certificate", "inside-authority")).toMatchObject({
      metadata: { namespace: "cert-manager" },
      spec: { isCA: true, commonName: "inside", secretName: "inside-authority", issuerRef: { name: "inside-root" } },
    });
    expect(customResource(made, "ClusterIssuer", "inside").spec).toEqual({ ca: { secretName: "inside-authority" } });
  });

  it("needs nothing of AWS", () => {
    expect(Object.keys(stacks(inside).identity.resource["aws_iam_policy"] ?? {})).not.toContain("certManager_policy");
  });
});

describe("cert-manager without issuers", () => {
  it("has no role and makes no objects", () => {
    const made = stacks({});
    expect(Object.keys(made.identity.resource["aws_iam_policy"] ?? {})).not.toContain("certManager_policy");
    expect(customResources(made).map(({ kind }) => kind)).not.toContain("ClusterIssuer");
  });
});

describe("a route through nginx with an issuer", () => {
  it("has a certificate of its host, in the Secret that its Ingress presents", () => {
    const made = stacks(letsEncrypt, {
      workloads: {
        shop: {
          namespace: "shop",
          image: { name: "example.com/shop", tag: "1.0.0" },
          port: 8080,
          routes: [{ kind: "nginx", host: "shop.example.com", tls: { issuer: "public" } }],
        },
      },
    });
    expect(customResource(made, "Certificate", "shop")).toMatchObject({
      metadata: { namespace: "shop" },
      spec: {
        secretName: "shop-tls",
        dnsNames: ["shop.example.com"],
        issuerRef: { name: "public", kind: "ClusterIssuer" },
      },
    });
    expect(typedResource(made, "kubernetes_ingress_v1", "shop")).toMatchObject({
      spec: { tls: [{ hosts: ["shop.example.com"], secret_name: "shop-tls" }] },
    });
  });
});
