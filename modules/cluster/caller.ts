import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import type { Construct } from "constructs";
import type { AccessEntryOptions } from "./schema";

type Access = Readonly<Record<string, AccessEntryOptions>>;

const inTheWholeCluster = ({ policies }: AccessEntryOptions, ...wanted: readonly string[]): boolean =>
  policies.some(({ policy, scope }) => scope.kind === "cluster" && wanted.includes(policy));

/** Whether an entry lets Terraform make everything: by EKS's policy, or by RBAC of its own, which nobody here can judge. */
export function mayApply(entry: AccessEntryOptions): boolean {
  return inTheWholeCluster(entry, "cluster-admin") || entry.groups.length > 0;
}

/** Whether an entry lets Terraform read everything, as a plan does. Terraform does not say which of both it is doing. */
function mayPlan(entry: AccessEntryOptions): boolean {
  return mayApply(entry) || inTheWholeCluster(entry, "admin-view");
}

/**
 * How STS names a principal, but for a session's own name. It leaves out a role's path, and a role's name is unique in its
 * account without it. Source: IAM user guide, "AWS JSON policy elements: Principal".
 */
function asCaller(principalArn: string): string {
  const role = /^arn:([^:]+):iam::(\d+):role\/(?:.*\/)?([^/]+)$/.exec(principalArn);
  return role === null ? principalArn : `arn:${role[1]}:sts::${role[2]}:assumed-role/${role[3]}`;
}

export interface CallerProps {
  /** Name of the environment, for the message. */
  readonly environment: string;
  readonly clusterStack: string;
  readonly access: Access;
}

/**
 * Refuses at plan whoever the cluster would refuse: EKS admits no creator by itself, and a first apply would meet that a
 * quarter of an hour later, as "Unauthorized" from whichever object came first.
 */
export function checkCaller(scope: Construct, id: string, { environment, clusterStack, access }: CallerProps): void {
  const planners = Object.values(access).filter(mayPlan);
  const appliers = planners.filter(mayApply).map(({ principalArn }) => principalArn);
  const admitted = planners.map(({ principalArn }) => JSON.stringify(asCaller(principalArn)));
  new DataAwsCallerIdentity(scope, id, {
    lifecycle: {
      postcondition: [
        {
          condition: `\${contains([${admitted.join(", ")}], replace(self.arn, "/(:assumed-role/[^/]+)/.*/", "$1"))}`,
          errorMessage:
            `cluster.access of ${environment}: \${self.arn} is who runs Terraform here, and no entry makes it cluster-admin, so ` +
            `Kubernetes would answer "Unauthorized". Sign in as ${appliers.join(" or ")}; or add ` +
            '`terraform: { principalArn: "<its role>", policies: [{ policy: "cluster-admin" }] }` to cluster.access, and ' +
            `apply ${clusterStack} before this stack.`,
        },
      ],
    },
  });
}
