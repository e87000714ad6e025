import {
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  EntityAlreadyExistsException,
} from "@aws-sdk/client-iam";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { Iam } from "./iam/client";
import type { MotoClient } from "./moto-client";
import { sdkOptions } from "./sdk";

/** The environment variables that make a program act as one principal: access key, secret, and token of a session. */
export type Credentials = Readonly<Record<string, string>>;

/**
 * Credentials of an IAM role or user of the sandbox's account. One that is not there is made, and may do everything: it
 * stands for somebody of the organisation. What a stack made may do what its policies say.
 *
 * @param principalArn `arn:aws:iam::<account>:role/<path/name>` or `...:user/<path/name>`
 */
export async function credentialsOf(moto: MotoClient, region: string, principalArn: string): Promise<Credentials> {
  const [, partition = "aws", , , accountId = "", resource = ""] = principalArn.split(":");
  const [kind, ...path] = resource.split("/");
  const name = path.at(-1) ?? "";
  const iamPath = path.length > 1 ? `/${path.slice(0, -1).join("/")}/` : "/";
  const iam = new Iam(moto, region).client;
  const PolicyArn = `arn:${partition}:iam::aws:policy/AdministratorAccess`;
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
      if (
        await unlessThere(iam.send(new CreateRoleCommand({ RoleName: name, Path: iamPath, AssumeRolePolicyDocument })))
      ) {
        await iam.send(new AttachRolePolicyCommand({ RoleName: name, PolicyArn }));
      }
      const sts = new STSClient(sdkOptions(moto.endpoint, region));
      const { Credentials: session } = await sts.send(
        new AssumeRoleCommand({ RoleArn: principalArn, RoleSessionName: "sandbox", DurationSeconds: 43200 }),
      );
      return {
        AWS_ACCESS_KEY_ID: session?.AccessKeyId ?? "",
        AWS_SECRET_ACCESS_KEY: session?.SecretAccessKey ?? "",
        AWS_SESSION_TOKEN: session?.SessionToken ?? "",
      };
    }
    case "user": {
      if (await unlessThere(iam.send(new CreateUserCommand({ UserName: name, Path: iamPath })))) {
        await iam.send(new AttachUserPolicyCommand({ UserName: name, PolicyArn }));
      }
      const { AccessKey: key } = await iam.send(new CreateAccessKeyCommand({ UserName: name }));
      return { AWS_ACCESS_KEY_ID: key?.AccessKeyId ?? "", AWS_SECRET_ACCESS_KEY: key?.SecretAccessKey ?? "" };
    }
    default:
      throw new Error(
        `sandbox: credentials for ${principalArn}: that is no IAM role or user, and only those have credentials. ` +
          "Write arn:aws:iam::<account>:role/<name> or arn:aws:iam::<account>:user/<name>.",
      );
  }
}

/** Whether it was made. */
async function unlessThere(creation: Promise<unknown>): Promise<boolean> {
  return creation.then(
    () => true,
    (error: unknown) => {
      if (error instanceof EntityAlreadyExistsException) {
        return false;
      }
      throw error;
    },
  );
}
