import { ServiceAccountV1 } from "@cdktf/provider-kubernetes/lib/service-account-v1";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { roleAnnotations } from "../identity/credentials";
import { nonEmpty } from "./non-empty";
import type { Workload } from "./schema";

/** Service account that the pods of a workload run as; undefined for the namespace's own, which has no rights in AWS. */
export function serviceAccountOf(name: string, workload: Workload): string | undefined {
  const { serviceAccount, aws } = workload;
  if (typeof serviceAccount === "object") return serviceAccount.existing;
  if (serviceAccount !== undefined) return serviceAccount;
  return aws.kind === "role" || workload.kubernetes !== undefined ? name : undefined;
}

/** Whether the workload brings its service account along. */
export function makesServiceAccount(name: string, workload: Workload): boolean {
  return typeof workload.serviceAccount !== "object" && serviceAccountOf(name, workload) !== undefined;
}

export interface ServiceAccountProps {
  readonly name: string;
  readonly namespace: string;
  /** IRSA role. Default: none; Pod Identity needs no annotation. */
  readonly roleArn?: string | undefined;
  readonly dependsOn: readonly ITerraformDependable[];
}

export function makeServiceAccount(scope: Construct, id: string, props: ServiceAccountProps): ServiceAccountV1 {
  return new ServiceAccountV1(scope, id, {
    metadata: {
      name: props.name,
      namespace: props.namespace,
      ...roleAnnotations(props.roleArn),
    },
    // AWS's webhooks mount a token of their own; this one would open the Kubernetes API.
    automountServiceAccountToken: false,
    dependsOn: nonEmpty(props.dependsOn),
  });
}
