import { z } from "zod";
import { credentialsAnnotation, roleAnnotations } from "../../identity/credentials";
import { actions, allow, type PolicyDocument, policyDocument } from "../../identity/policy";
import { components } from "../../lifecycle/components";
import { described } from "../../schema/descriptions";
import { examples } from "../../schema/examples";
import { arn, dnsLabel } from "../../schema/primitives";
import { memoryLimit, requests } from "../../schema/resources";
import { minimumReplicas, spreadOverZones } from "../availability";
import { defineController, type IdentityContext } from "../controller";
import { ControllerRelease } from "../release";

const name = "external-secrets";

const schema = z.strictObject({
  namespace: described("Namespace of its pods.", dnsLabel.default(name)),
  replicas: described(
    "Pods of operator, webhook and certificate controller each, 2 or more.",
    z.number().int().min(minimumReplicas).default(2),
  ),
  prefix: described(
    "Beginning of the names that it may read, before a slash: the secrets `<prefix>/…` of Secrets Manager and " +
      "the parameters `/<prefix>/…` of Parameter Store. Default: the name of the cluster.",
    z
      .string()
      .regex(
        /^[A-Za-z0-9_.-]+(\/[A-Za-z0-9_.-]+)*$/,
        "a prefix has letters, digits and _ . - in parts joined by /, and no / at its beginning or end",
      )
      .register(examples, { example: "shop/prod" })
      .optional(),
  ),
  kmsKeyArns: described(
    "Customer keys that these secrets and parameters are encrypted with; what the account's own keys encrypt " +
      "needs none.",
    z.array(arn).default([]),
  ),
  resources: described(
    "CPU and memory of each pod.",
    z.strictObject({ requests: requests("50m", "128Mi"), limits: memoryLimit("256Mi") }).prefault({}),
  ),
});

type ExternalSecretsOptions = z.output<typeof schema>;

/**
 * What its stores do in AWS: they read secrets and parameters by name, with their tags. Finding secrets by path or tag
 * would take `BatchGetSecretValue` and `ListSecrets`, which know no narrower resource than all, and are left out.
 * Source: External Secrets Operator, `providers/v1/aws`.
 */
function externalSecretsPolicy(options: ExternalSecretsOptions, context: IdentityContext): PolicyDocument {
  const { partition, region, accountId, clusterName } = context;
  const { prefix = clusterName, kmsKeyArns } = options;
  return policyDocument(
    allow(
      actions("secretsmanager", "DescribeSecret", "GetSecretValue"),
      `arn:${partition}:secretsmanager:${region}:${accountId}:secret:${prefix}/*`,
    ),
    allow(
      actions("ssm", "GetParameter", "GetParametersByPath", "ListTagsForResource"),
      `arn:${partition}:ssm:${region}:${accountId}:parameter/${prefix}/*`,
    ),
    ...(kmsKeyArns.length === 0 ? [] : [allow(["kms:Decrypt"], kmsKeyArns)]),
  );
}

/** External Secrets Operator: keeps Kubernetes Secrets the same as secrets and parameters of AWS. */
export const externalSecrets = defineController({
  description: "Keeps Kubernetes Secrets the same as secrets of AWS Secrets Manager and parameters of Parameter Store.",
  schema,
  components: () => ["externalSecrets"],
  namespace: (options) => options.namespace,
  podSecurity: "restricted",
  after: [],
  identity: (options, context) => ({
    namespace: options.namespace,
    serviceAccount: name,
    roleName: "ExternalSecretsRole",
    policyName: "ExternalSecretsIAMPolicy",
    policy: externalSecretsPolicy(options, context),
  }),
  install(scope, options, context) {
    const available = (part: string) => ({
      replicaCount: options.replicas,
      podDisruptionBudget: { enabled: true, minAvailable: 1 },
      topologySpreadConstraints: spreadOverZones({
        "app.kubernetes.io/instance": name,
        "app.kubernetes.io/name": part,
      }),
      resources: options.resources,
    });
    const release = new ControllerRelease(scope, name, {
      component: components.externalSecrets,
      releaseName: name,
      namespace: options.namespace,
      chartMirror: context.chartMirror,
      values: {
        ...available(name),
        leaderElect: true,
        podAnnotations: credentialsAnnotation(context.roleArn),
        // With its kinds go all Secrets that it made.
        crds: {
          annotations: { "helm.sh/resource-policy": "keep" },
          createPushSecret: false,
          createClusterPushSecret: false,
        },
        // It reads from AWS and writes nothing there.
        processPushSecret: false,
        processClusterPushSecret: false,
        // It asks with its own role, in the name of no other service account.
        rbac: { serviceAccountTokenCreate: false },
        serviceAccount: {
          create: true,
          name,
          ...roleAnnotations(context.roleArn),
        },
        webhook: {
          ...available(`${name}-webhook`),
          // The kubelet owns 10250 on Fargate, where pod and node share an address.
          ...(context.onFargate(options.namespace) ? { port: 10260 } : {}),
        },
        certController: available(`${name}-cert-controller`),
      },
      dependsOn: context.dependsOn,
    });
    return { ready: release.ready };
  },
});
