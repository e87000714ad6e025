import { type MotoClient, MotoError } from "../moto-client";
import { elementText, elementTexts } from "../xml";
import { type TrustStatement, trustStatements } from "./trust-policy";

/** The IAM and STS operations that the front's own parts call. */
export class IamClient {
  constructor(
    private readonly moto: MotoClient,
    private readonly region: string,
  ) {}

  /** Whether a role or user of this ARN exists; the account's root always does. */
  async exists(principalArn: string): Promise<boolean> {
    const [kind = "", ...path] = (principalArn.split(":")[5] ?? "").split("/");
    const name = path.at(-1) ?? "";
    switch (kind) {
      case "root":
        return true;
      case "role":
        return (await this.find("GetRole", { RoleName: name }))?.includes(`<Arn>${principalArn}</Arn>`) ?? false;
      case "user":
        return (await this.find("GetUser", { UserName: name }))?.includes(`<Arn>${principalArn}</Arn>`) ?? false;
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
    const xml = await this.find("GetRole", { RoleName: roleArn.split("/").at(-1) ?? "" });
    const text = xml?.includes(`<Arn>${roleArn}</Arn>`) ? elementText(xml, "AssumeRolePolicyDocument") : undefined;
    return text === undefined ? undefined : trustStatements(text);
  }

  /** The ARNs of the account's OIDC providers. */
  async oidcProviders(): Promise<readonly string[]> {
    return elementTexts(await this.call("ListOpenIDConnectProviders", {}), "Arn");
  }

  /** The ARN of the principal that an access key belongs to, as GetCallerIdentity gives it. */
  async callerArn(accessKeyId: string): Promise<string> {
    const scope = { accessKeyId, region: this.region, service: "sts" };
    const xml = await this.moto.query(scope, "2011-06-15", "GetCallerIdentity", {});
    return elementText(xml, "Arn") ?? "";
  }

  /** @throws MotoError */
  async call(action: string, parameters: Readonly<Record<string, string>>): Promise<string> {
    const scope = { accessKeyId: "SANDBOX", region: this.region, service: "iam" };
    return this.moto.query(scope, "2010-05-08", action, parameters);
  }

  private async find(action: string, parameters: Readonly<Record<string, string>>): Promise<string | undefined> {
    return this.call(action, parameters).catch((error: unknown) => {
      if (error instanceof MotoError && error.code === "NoSuchEntity") {
        return undefined;
      }
      throw error;
    });
  }
}

/**
 * The IAM principal behind a caller: a session of a role is `assumed-role/<role>/<session>` to STS and a role to IAM.
 * The path of the role is not part of a session's ARN.
 */
export function principalOf(callerArn: string): string {
  const session = /^arn:([^:]+):sts::(\d+):assumed-role\/([^/]+)\//.exec(callerArn);
  return session === null ? callerArn : `arn:${session[1]}:iam::${session[2]}:role/${session[3]}`;
}
