import { describe, expect, it } from "vitest";
import { policyDocument } from "../../../modules/identity/policy";
import { type TrustPath, WorkloadRole } from "../../../modules/identity/workload-role";
import { environmentFiles, synthStacks } from "../../support/environments";
import { policyOf } from "../../support/json";
import { minimal } from "../../support/minimal";
import { resource, resources, synthModule } from "../../support/synth";

const irsa: TrustPath = {
  kind: "irsa",
  providerArn: "arn:aws:iam::123456789012:oidc-provider/issuer",
  issuer: "issuer",
};
const podIdentity: TrustPath = { kind: "pod-identity", clusterName: "shop" };
const document = policyDocument({ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::pictures/*" });

const role = (trust: TrustPath, formerTrust?: TrustPath) =>
  synthModule((stack) => {
    new WorkloadRole(stack, "shop", {
      roleName: "dev-shop",
      namespace: "shop",
      serviceAccount: "web",
      trust,
      formerTrust,
      policy: { name: "dev-shop", document },
      policyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
    });
  });

describe("the role of a service account", () => {
  it("by IRSA trusts one service account of one issuer, and nothing else", () => {
    const json = role(irsa);
    expect(policyOf(resource(json, "aws_iam_role", "shop_role"), "assume_role_policy").Statement).toEqual([
      {
        Effect: "Allow",
        Principal: { Federated: "arn:aws:iam::123456789012:oidc-provider/issuer" },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: { "issuer:aud": "sts.amazonaws.com", "issuer:sub": "system:serviceaccount:shop:web" },
        },
      },
    ]);
    expect(resources(json, "aws_eks_pod_identity_association")).toEqual([]);
  });

  it("by Pod Identity trusts EKS, which binds it to one service account", () => {
    const json = role(podIdentity);
    expect(policyOf(resource(json, "aws_iam_role", "shop_role"), "assume_role_policy").Statement).toEqual([
      {
        Effect: "Allow",
        Principal: { Service: "pods.eks.amazonaws.com" },
        Action: ["sts:AssumeRole", "sts:TagSession"],
      },
    ]);
    expect(resource(json, "aws_eks_pod_identity_association", "shop_association")).toMatchObject({
      cluster_name: "shop",
      namespace: "shop",
      service_account: "web",
      role_arn: "${aws_iam_role.shop_role.arn}",
    });
  });

  it("trusts the way that pods had before until they have restarted, and binds them to the new one alone", () => {
    const json = role(podIdentity, irsa);
    const { Statement } = policyOf(resource(json, "aws_iam_role", "shop_role"), "assume_role_policy");
    expect(Statement).toMatchObject([
      { Principal: { Service: "pods.eks.amazonaws.com" } },
      { Principal: { Federated: "arn:aws:iam::123456789012:oidc-provider/issuer" } },
    ]);
    expect(resources(json, "aws_eks_pod_identity_association")).toHaveLength(1);
    // A pod that had an association would get nothing else, and is to get IRSA.
    expect(resources(role(irsa, podIdentity), "aws_eks_pod_identity_association")).toEqual([]);
  });

  it("carries its own policy and those made elsewhere", () => {
    const json = role(irsa);
    expect(policyOf(resource(json, "aws_iam_policy", "shop_policy"))).toEqual(document);
    expect(resources(json, "aws_iam_role_policy_attachment").map(({ policy_arn }) => policy_arn)).toEqual([
      "arn:aws:iam::aws:policy/ReadOnlyAccess",
      "${aws_iam_policy.shop_policy.arn}",
    ]);
  });
});

describe("the identity stack", () => {
  it("makes a role only where something uses it, and the OIDC provider only for a role", () => {
    const nothing = synthStacks({ ...minimal(), controllers: {}, identity: { workloads: "irsa" } }).identity;
    expect(nothing.resource).toEqual({});
    const one = synthStacks({ ...minimal(), identity: { workloads: "irsa" } }).identity;
    expect(resources(one, "aws_iam_role")).toHaveLength(1);
    expect(resources(one, "aws_iam_openid_connect_provider")).toHaveLength(1);
  });

  it("keeps the OIDC provider while pods go from IRSA to Pod Identity", () => {
    const { identity } = synthStacks({
      ...minimal(),
      identity: { workloads: "pod-identity", switchingFrom: "irsa" },
    });
    expect(resources(identity, "aws_iam_openid_connect_provider")).toHaveLength(1);
    expect(resources(identity, "aws_eks_pod_identity_association")).toHaveLength(1);
  });

  it("makes no OIDC provider where Pod Identity serves", () => {
    const { identity } = synthStacks({ ...minimal(), identity: { workloads: "pod-identity" } });
    expect(resources(identity, "aws_iam_openid_connect_provider")).toEqual([]);
    expect(resources(identity, "aws_eks_pod_identity_association")).toHaveLength(1);
  });

  it("gives a workload the statements of its environment and no more", () => {
    const environment = environmentFiles.dev;
    const shop = environment.workloads?.["shop"];
    if (shop === undefined) throw new Error("dev has no workload shop");
    const { identity } = synthStacks({
      ...environment,
      workloads: {
        shop: {
          ...shop,
          aws: { kind: "role", statements: [{ actions: ["s3:GetObject"], resources: ["arn:aws:s3:::pictures/*"] }] },
        },
      },
    });
    expect(policyOf(resource(identity, "aws_iam_policy", "workload_shop_policy")).Statement).toEqual([
      { Effect: "Allow", Action: ["s3:GetObject"], Resource: ["arn:aws:s3:::pictures/*"] },
    ]);
    expect(identity.output["workload_role_arns"]?.value).toEqual({ shop: "${aws_iam_role.workload_shop_role.arn}" });
  });
});
