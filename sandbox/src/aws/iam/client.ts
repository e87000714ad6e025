import {
  GetRoleCommand,
  GetUserCommand,
  IAMClient,
  ListOpenIDConnectProvidersCommand,
  NoSuchEntityException,
  type Role,
} from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { MotoClient } from "../moto-client";
import { sdkOptions } from "../sdk";
import { type TrustStatement, trustStatements } from "./trust-policy";

/** What the front's own parts ask of IAM and STS. */
export class Iam {
  readonly client: IAMClient;

  constructor(
    private readonly moto: MotoClient,
    private readonly region: string,
  ) {
    this.client = new IAMClient(sdkOptions(moto.endpoint, region));
  }

  /** Whether a role or user of this ARN exists; the account's root always does. */
  async exists(principalArn: string): Promise<boolean> {
    const [kind = "", ...path] = (principalArn.split(":")[5] ?? "").split("/");
    switch (kind) {
      case "root":
        return true;
      case "role":
        return (await this.role(principalArn)) !== undefined;
      case "user": {
        const found = await unlessMissing(this.client.send(new GetUserCommand({ UserName: path.at(-1) ?? "" })));
        return found?.User?.Arn === principalArn;
      }
      default:
        return false;
    }
  }

  /**
   * The statements of a role's trust policy.
   *
   * @returns undefined when there is no role of this ARN
   */
  async trustOf(roleArn: string): Promise<readonly TrustStatement[] | undefined> {
    const policy = (await this.role(roleArn))?.AssumeRolePolicyDocument;
    return policy === undefined ? undefined : trustStatements(policy);
  }

  /** The ARNs of the account's OIDC providers. */
  async oidcProviders(): Promise<readonly string[]> {
    const { OpenIDConnectProviderList = [] } = await this.client.send(new ListOpenIDConnectProvidersCommand({}));
    return OpenIDConnectProviderList.flatMap(({ Arn }) => Arn ?? []);
  }

  /** The ARN of the principal that an access key belongs to, as GetCallerIdentity gives it. */
  async callerArn(accessKeyId: string): Promise<string> {
    const sts = new STSClient(sdkOptions(this.moto.endpoint, this.region, accessKeyId));
    return (await sts.send(new GetCallerIdentityCommand({}))).Arn ?? "";
  }

  private async role(arn: string): Promise<Role | undefined> {
    const found = await unlessMissing(this.client.send(new GetRoleCommand({ RoleName: arn.split("/").at(-1) ?? "" })));
    return found?.Role?.Arn === arn ? found.Role : undefined;
  }
}

async function unlessMissing<Found>(asking: Promise<Found>): Promise<Found | undefined> {
  return asking.catch((error: unknown) => {
    if (error instanceof NoSuchEntityException) {
      return undefined;
    }
    throw error;
  });
}

/**
 * The IAM principal behind a caller: a session of a role is `assumed-role/<role>/<session>` to STS and a role to IAM.
 * The path of the role is not part of a session's ARN.
 */
export function principalOf(callerArn: string): string {
  const session = /^arn:([^:]+):sts::(\d+):assumed-role\/([^/]+)\//.exec(callerArn);
  return session === null ? callerArn : `arn:${session[1]}:iam::${session[2]}:role/${session[3]}`;
}
