import { IamClient } from "./iam/client";
import { type MotoClient, MotoError } from "./moto-client";
import { elementText } from "./xml";

/** The environment variables that make a program act as one principal: access key, secret, and token of a session. */
export type Credentials = Readonly<Record<string, string>>;

/**
 * Credentials of an IAM role or user of the sandbox's account, which is made when it is not there. A role made here trusts
 * its account; nothing has to be attached to it, for moto does not check permissions.
 *
 * @param principalArn `arn:aws:iam::<account>:role/<path/name>` or `...:user/<path/name>`
 */
export async function credentialsOf(moto: MotoClient, region: string, principalArn: string): Promise<Credentials> {
  const [, partition = "aws", , , accountId = "", resource = ""] = principalArn.split(":");
  const [kind, ...path] = resource.split("/");
  const name = path.at(-1) ?? "";
  const iamPath = path.length > 1 ? `/${path.slice(0, -1).join("/")}/` : "/";
  const iam = new IamClient(moto, region);
  switch (kind) {
    case "role": {
      const trust = {
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: ["sts:AssumeRole", "sts:TagSession"],
            Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
          },
        ],
      };
      const AssumeRolePolicyDocument = JSON.stringify(trust);
      await unlessThere(iam.call("CreateRole", { RoleName: name, Path: iamPath, AssumeRolePolicyDocument }));
      const scope = { accessKeyId: "SANDBOX", region, service: "sts" };
      const parameters = { RoleArn: principalArn, RoleSessionName: "sandbox", DurationSeconds: "43200" };
      return read(await moto.query(scope, "2011-06-15", "AssumeRole", parameters));
    }
    case "user":
      await unlessThere(iam.call("CreateUser", { UserName: name, Path: iamPath }));
      return read(await iam.call("CreateAccessKey", { UserName: name }));
    default:
      throw new Error(
        `sandbox: credentials for ${principalArn}: that is no IAM role or user, and only those have credentials. ` +
          "Write arn:aws:iam::<account>:role/<name> or arn:aws:iam::<account>:user/<name>.",
      );
  }
}

async function unlessThere(creation: Promise<string>): Promise<void> {
  await creation.catch((error: unknown) => {
    if (!(error instanceof MotoError && error.code === "EntityAlreadyExists")) {
      throw error;
    }
  });
}

function read(xml: string): Credentials {
  const token = elementText(xml, "SessionToken");
  return {
    AWS_ACCESS_KEY_ID: elementText(xml, "AccessKeyId") ?? "",
    AWS_SECRET_ACCESS_KEY: elementText(xml, "SecretAccessKey") ?? "",
    ...(token === undefined ? {} : { AWS_SESSION_TOKEN: token }),
  };
}
