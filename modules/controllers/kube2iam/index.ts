import { z } from "zod";
import { components } from "../../lifecycle/components";
import { described } from "../../schema/descriptions";
import { reason } from "../../schema/primitives";
import { memoryLimit, requests } from "../../schema/resources";
import { defineController } from "../controller";
import { ControllerRelease } from "../release";

const namespace = "kube-system";
const releaseName = "kube2iam";

/** Answers pods that ask the instance metadata for AWS credentials with those of the role they are annotated with. */
export const kube2iam = defineController({
  description:
    "Answers pods that ask the instance metadata for AWS credentials; Pod Identity is what EKS has for it now.",
  schema: z.strictObject({
    namespaceRestrictions: described(
      "Whether a pod gets only roles that its namespace allows. The namespaces of workloads then allow the roles " +
        "that these workloads take. Where it is off, every pod gets any role of `identity.kube2iamRoles` by " +
        "asking for it.",
      z
        .discriminatedUnion("kind", [
          z.strictObject({ kind: z.literal("on") }),
          z.strictObject({ kind: z.literal("off"), reason }),
        ])
        .prefault({ kind: "on" }),
    ),
    resources: described(
      "CPU and memory of each pod.",
      z.strictObject({ requests: requests("50m", "64Mi"), limits: memoryLimit("128Mi") }).prefault({}),
    ),
  }),
  components: () => ["kube2iam"],
  namespace: () => namespace,
  // Its pods change the nodes\' own routing.
  podSecurity: "privileged",
  after: [],
  install(scope, options, context) {
    const release = new ControllerRelease(scope, releaseName, {
      component: components.kube2iam,
      releaseName,
      namespace,
      chartMirror: context.chartMirror,
      values: {
        nameOverride: releaseName,
        rbac: { create: true },
        host: {
          // Sends what pods ask of 169.254.169.254 to itself.
          iptables: true,
          // The VPC CNI's end of a pod's network interface.
          interface: "eni+",
        },
        // Empty ones become flags without a value.
        extraArgs: {
          "auto-discover-base-arn": "",
          ...(options.namespaceRestrictions.kind === "on" ? { "namespace-restrictions": "" } : {}),
        },
        aws: { region: context.aws.region },
        updateStrategy: "RollingUpdate",
        resources: options.resources,
        // On a node without it pods find nobody to ask for their role.
        priorityClassName: "system-node-critical",
        tolerations: [{ operator: "Exists" }],
        affinity: notOnNodesOfAws,
      },
      dependsOn: context.dependsOn,
    });
    return { ready: release.ready };
  },
});

/** Fargate has no DaemonSets, and Auto Mode's nodes have a role that no kube2iam role trusts. */
const notOnNodesOfAws = {
  nodeAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: [
        {
          matchExpressions: [{ key: "eks.amazonaws.com/compute-type", operator: "NotIn", values: ["fargate", "auto"] }],
        },
      ],
    },
  },
};
