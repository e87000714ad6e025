import { describe, expect, it } from "vitest";
import type { EnvironmentInput } from "../../../platform/environment";
import { synthStacks } from "../../support/environments";
import { at, policyOf } from "../../support/json";
import { releaseOf } from "../../support/kubernetes-objects";
import { minimal } from "../../support/minimal";
import { resource } from "../../support/synth";
import { chartProblems } from "./chart-problems";

type ExternalSecrets = NonNullable<NonNullable<EnvironmentInput["controllers"]>["externalSecrets"]>;

function stacks(options: ExternalSecrets = {}, rest: Partial<EnvironmentInput> = {}) {
  return synthStacks({ ...minimal("shop"), controllers: { externalSecrets: options }, ...rest });
}

const release = (...options: Parameters<typeof stacks>) => releaseOf(stacks(...options), "external-secrets");

function statements(options: ExternalSecrets = {}) {
  return policyOf(resource(stacks(options).identity, "aws_iam_policy", "externalSecrets_policy")).Statement;
}

const parts: readonly (readonly [name: string, path: readonly string[]])[] = [
  ["external-secrets", []],
  ["external-secrets-webhook", ["webhook"]],
  ["external-secrets-cert-controller", ["certController"]],
];

describe("External Secrets Operator", () => {
  it("reads secrets and parameters below the cluster's name, and nothing else", () => {
    expect(statements()).toEqual([
      {
        Effect: "Allow",
        Action: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
        Resource: "arn:aws:secretsmanager:us-west-2:123456789012:secret:shop/*",
      },
      {
        Effect: "Allow",
        Action: ["ssm:GetParameter", "ssm:GetParametersByPath", "ssm:ListTagsForResource"],
        Resource: "arn:aws:ssm:us-west-2:123456789012:parameter/shop/*",
      },
    ]);
  });

  it("reads below another prefix where one is named, which neither begins nor ends with a slash", () => {
    expect(statements({ prefix: "teams/cart" }).map(({ Resource }) => Resource)).toEqual([
      "arn:aws:secretsmanager:us-west-2:123456789012:secret:teams/cart/*",
      "arn:aws:ssm:us-west-2:123456789012:parameter/teams/cart/*",
    ]);
    for (const prefix of ["/cart", "cart/", "cart*"]) {
      expect(() => stacks({ prefix })).toThrow('Write a value such as "shop/prod".');
    }
  });

  it("decrypts with the customer keys that are named, and no other", () => {
    const key = "arn:aws:kms:us-west-2:123456789012:key/11111111-2222-4333-8444-555555555555";
    expect(statements({ kmsKeyArns: [key] })).toContainEqual({
      Effect: "Allow",
      Action: ["kms:Decrypt"],
      Resource: [key],
    });
  });

  it.each(parts)(
    "has two pods of %s, or as many as are asked for, keeps one through a drain and spreads them",
    (name, path) => {
      const labelSelector = {
        matchLabels: { "app.kubernetes.io/instance": "external-secrets", "app.kubernetes.io/name": name },
      };
      expect(at(release().values, ...path)).toMatchObject({
        replicaCount: 2,
        podDisruptionBudget: { enabled: true, minAvailable: 1 },
        topologySpreadConstraints: [
          { topologyKey: "topology.kubernetes.io/zone", labelSelector },
          { topologyKey: "kubernetes.io/hostname", labelSelector },
        ],
        resources: { requests: { cpu: "50m", memory: "128Mi" }, limits: { memory: "256Mi" } },
      });
      expect(at(release({ replicas: 3 }).values, ...path)).toMatchObject({ replicaCount: 3 });
    },
  );

  it("has replicas that elect the one who works", () => {
    expect(release().values["leaderElect"]).toBe(true);
  });

  it("leaves its kinds behind when it goes, and with them every Secret it made", () => {
    expect(release().values["crds"]).toMatchObject({ annotations: { "helm.sh/resource-policy": "keep" } });
  });

  it("writes nothing to AWS: it has no kinds to push by, and does not look for them", () => {
    expect(release().values).toMatchObject({
      crds: { createPushSecret: false, createClusterPushSecret: false },
      processPushSecret: false,
      processClusterPushSecret: false,
    });
  });

  it("makes no tokens of other service accounts", () => {
    expect(release().values["rbac"]).toEqual({ serviceAccountTokenCreate: false });
  });

  it("runs as a service account that has the role, by annotation with IRSA and by association with Pod Identity", () => {
    expect(release({}, { identity: { workloads: "irsa" } }).values["serviceAccount"]).toEqual({
      create: true,
      name: "external-secrets",
      annotations: {
        "eks.amazonaws.com/role-arn":
          "${data.terraform_remote_state.identity.outputs.controller_role_arns.externalSecrets}",
      },
    });
    expect(release().values["serviceAccount"]).toEqual({ create: true, name: "external-secrets" });
    const association = resource(stacks().identity, "aws_eks_pod_identity_association", "externalSecrets_association");
    expect(association).toMatchObject({ namespace: "external-secrets", service_account: "external-secrets" });
  });

  it("leaves the kubelet's port alone on Fargate, and only there", () => {
    expect(release().values["webhook"]).not.toHaveProperty("port");
    const { cluster } = minimal();
    const fargateProfiles = { secrets: { selectors: [{ namespace: "external-secrets" }] } };
    const onFargate = release({}, { cluster: { ...cluster, fargateProfiles }, identity: { workloads: "irsa" } });
    expect(onFargate.values).toMatchObject({ webhook: { port: 10260 } });
  });

  it("gives its chart only values that it knows", (context) => {
    expect(chartProblems(context, release())).toEqual([]);
  });
});
