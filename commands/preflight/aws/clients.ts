import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import type { Environment } from "../../../platform/environment";

// The SDK says on each start which versions to come want a newer Node; ours are pinned (docs/dependencies.md).
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";

type Aws = Environment["aws"];

/** What every client of the SDK takes. Where AWS is, `AWS_ENDPOINT_URL` and the like say, as for Terraform. */
export interface ClientOptions {
  readonly region: string;
  readonly maxAttempts: number;
  readonly credentials?: () => Promise<Credentials>;
}

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

/** The caller's own credentials, or those of the role that Terraform would assume. */
export function clientOptions({ region, assumeRole }: Aws): ClientOptions {
  return optionsFor(region, assumeRole);
}

/** The same for the states, which may have a region and a role of their own. */
export function stateClientOptions({ aws, state }: Pick<Environment, "aws" | "state">): ClientOptions {
  if (state.kind !== "s3") return clientOptions(aws);
  const role = state.roleArn === undefined ? undefined : { roleArn: state.roleArn };
  // The S3 backend knows nothing of the role that the AWS provider assumes.
  return optionsFor(state.region ?? aws.region, role);
}

function optionsFor(
  region: string,
  role: { readonly roleArn: string; readonly externalId?: string | undefined } | undefined,
): ClientOptions {
  const own = { region, maxAttempts: 3 };
  if (role === undefined) return own;
  const sts = new STSClient(own);
  let assumed: Promise<Credentials> | undefined;
  const assume = async () => {
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({ RoleArn: role.roleArn, RoleSessionName: "preflight", ExternalId: role.externalId }),
    );
    return {
      accessKeyId: Credentials?.AccessKeyId ?? "",
      secretAccessKey: Credentials?.SecretAccessKey ?? "",
      ...(Credentials?.SessionToken === undefined ? {} : { sessionToken: Credentials.SessionToken }),
    };
  };
  return { ...own, credentials: () => (assumed ??= assume()) };
}

/** Whether an error of the SDK is one of some names. */
export function isError(error: unknown, ...names: readonly string[]): boolean {
  const { name, Code, $metadata } = Object(error);
  return names.some((one) => one === name || one === Code || one === String(Object($metadata).httpStatusCode));
}

/** Answers undefined where AWS says that there is no such thing. */
export async function unlessMissing<Value>(
  asked: Promise<Value>,
  ...names: readonly string[]
): Promise<Value | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (isError(error, ...names)) return undefined;
    throw error;
  }
}
