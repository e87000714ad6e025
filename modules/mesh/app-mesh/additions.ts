import type { z } from "zod";
import type { awsSchema } from "../../aws/schema";
import type { identitySchema } from "../../identity/schema";
import { assertNever } from "../../schema/assert-never";
import type { namespaceSchema, Workload } from "../../workloads/schema";
import type { Mesh } from "../schema";
import { proxyStatement } from "./proxy-access";

type Namespace = z.output<typeof namespaceSchema>;

/** What the additions read of the environment around the mesh. */
export interface Surroundings {
  readonly aws: z.output<typeof awsSchema>;
  readonly identity: z.output<typeof identitySchema>;
}

/** Label of a namespace and annotation of a pod: whether the controller puts an Envoy into pods. */
export const injection = "appmesh.k8s.aws/sidecarInjectorWebhook";

/** Label by which the mesh knows its namespace. */
export function meshLabels(mesh: Mesh): Readonly<Record<string, string>> {
  return { mesh: mesh.name };
}

/** The mesh's namespace, with what App Mesh needs of it; what the environment says of it itself comes first. */
export function meshNamespace(mesh: Mesh, written: Namespace | undefined): Namespace {
  return {
    labels: { ...meshLabels(mesh), [injection]: "enabled", ...written?.labels },
    annotations: written?.annotations ?? {},
    // The container that redirects a pod's traffic to its Envoy has NET_ADMIN, which "baseline" refuses.
    podSecurity: written?.podSecurity ?? "privileged",
    quota: written?.quota ?? {},
    containerLimits: written?.containerLimits,
  };
}

/** Addresses of instance metadata and of the Pod Identity agent: credentials do not go through the mesh. */
const credentialAddresses = "169.254.169.254,169.254.170.23";

/** A workload of the mesh's namespace that is no part of the mesh: left alone, where the injector would refuse it. */
export function outsider(workload: Workload): Workload {
  return { ...workload, podAnnotations: { [injection]: "disabled", ...workload.podAnnotations } };
}

/** A member: its Envoy may stream its configuration, by the mesh's service account or by the workload's own role. */
export function workloadOfMember(workload: Workload, mesh: Mesh, { aws, identity }: Surroundings): Workload {
  const podAnnotations =
    identity.workloads === "pod-identity"
      ? { "appmesh.k8s.aws/egressIgnoredIPs": credentialAddresses, ...workload.podAnnotations }
      : workload.podAnnotations;
  return { ...workload, podAnnotations, ...access(workload, mesh, aws) };
}

function access(
  workload: Workload,
  mesh: Mesh,
  aws: Surroundings["aws"],
): Partial<Pick<Workload, "serviceAccount" | "aws">> {
  const { serviceAccount } = workload;
  const statement = proxyStatement(mesh, aws);
  switch (workload.aws.kind) {
    case "role":
      return { aws: { ...workload.aws, statements: [...workload.aws.statements, statement] } };
    case "none":
      if (serviceAccount === undefined) return { serviceAccount: { existing: mesh.proxyServiceAccount } };
      return typeof serviceAccount === "string"
        ? { aws: { kind: "role", statements: [statement], policyArns: [] } }
        : {};
    case "kube2iam":
      // A rule refuses it.
      return {};
    default:
      return assertNever("access to AWS", workload.aws);
  }
}
