import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import type { Aws } from "../aws/start";
import type { ControlPlane } from "../kubernetes/control-plane";
import { kubeConfigOf } from "../kubernetes/kubeconfig";
import type { ControllerPod } from "./deployments";

const tokenSchema = z.looseObject({ status: z.looseObject({ token: z.string() }) });
const associationsSchema = z.object({ associations: z.array(z.looseObject({ associationId: z.string() })) });
const associationSchema = z.object({ association: z.looseObject({ roleArn: z.string() }) });

/** Audience of the token that IAM takes for a service account's (EKS user guide, IRSA). */
const stsAudience = "sts.amazonaws.com";
const roleAnnotation = "eks.amazonaws.com/role-arn";

/** Seconds that a token counts; a sandbox seldom lives a day. */
const tokenLifetime = 86_400;

/**
 * Writes a kubeconfig with the token of a pod's service account, so that the controller may do what its chart's roles
 * allow and nothing else.
 *
 * @returns the file's path
 */
export async function serviceAccountKubeconfig(
  controlPlane: ControlPlane,
  pod: ControllerPod,
  folder: string,
): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "kubeconfig");
  const { server, caCertificate } = controlPlane;
  const token = await serviceAccountToken(controlPlane, pod, []);
  const user = { kind: "bearerToken", token } as const;
  const config = kubeConfigOf({ name: "sandbox", server, caCertificate, user });
  writeFileSync(file, config.exportConfig(), { mode: 0o600 });
  return file;
}

/**
 * The variables that make a controller act as its own IAM role, by the way that the environment chose: the service
 * account's annotation (IRSA) or an association (Pod Identity). Without either it has no credentials, as in AWS.
 */
export async function awsIdentity(
  {
    aws,
    controlPlane,
    clusterName,
  }: { readonly aws: Aws; readonly controlPlane: ControlPlane; readonly clusterName: string },
  pod: ControllerPod,
  folder: string,
): Promise<Readonly<Record<string, string>>> {
  const { AWS_ENDPOINT_URL = "", AWS_REGION = "" } = aws.environment;
  // The SDK for Go asks STS for the credentials of a web identity without regard to the general variable.
  const common = {
    AWS_ENDPOINT_URL,
    AWS_ENDPOINT_URL_STS: AWS_ENDPOINT_URL,
    AWS_REGION,
    AWS_EC2_METADATA_DISABLED: "true",
  };
  const path = `/api/v1/namespaces/${pod.namespace}/serviceaccounts/${pod.serviceAccount}`;
  const roleArn = (await controlPlane.api.get(path))?.metadata.annotations?.[roleAnnotation];
  if (roleArn !== undefined) {
    const file = join(folder, "web-identity-token");
    writeFileSync(file, await serviceAccountToken(controlPlane, pod, [stsAudience]), { mode: 0o600 });
    return { ...common, AWS_ROLE_ARN: roleArn, AWS_WEB_IDENTITY_TOKEN_FILE: file };
  }
  const associated = await associatedRole(aws, clusterName, pod);
  return associated === undefined ? common : { ...common, ...(await aws.credentials(associated)) };
}

async function serviceAccountToken(
  { api }: ControlPlane,
  { namespace, serviceAccount }: ControllerPod,
  audiences: readonly string[],
): Promise<string> {
  const body = {
    apiVersion: "authentication.k8s.io/v1",
    kind: "TokenRequest",
    spec: { expirationSeconds: tokenLifetime, ...(audiences.length === 0 ? {} : { audiences }) },
  };
  const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${serviceAccount}/token`;
  return tokenSchema.parse(await api.send("POST", path, { body })).status.token;
}

async function associatedRole(aws: Aws, clusterName: string, pod: ControllerPod): Promise<string | undefined> {
  const { namespace, serviceAccount } = pod;
  const of = ["--namespace", namespace, "--service-account", serviceAccount];
  const listed = associationsSchema.parse(await eks(aws, clusterName, "list-pod-identity-associations", of));
  const id = listed.associations[0]?.associationId;
  if (id === undefined) {
    return undefined;
  }
  const described = await eks(aws, clusterName, "describe-pod-identity-association", ["--association-id", id]);
  return associationSchema.parse(described).association.roleArn;
}

async function eks(aws: Aws, clusterName: string, operation: string, args: readonly string[]): Promise<unknown> {
  const command = ["eks", operation, "--cluster-name", clusterName, "--output", "json", ...args];
  const { stdout } = await promisify(execFile)("aws", command, { env: { ...aws.environment } });
  return JSON.parse(stdout);
}
