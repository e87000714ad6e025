import { runProgram } from "../program/child";
import type { Surroundings } from "../program/surroundings";
import type { Answers } from "./fields";

/** What the AWS CLI knows of who calls; nothing where it is missing or signed in nowhere. */
export function caller(surroundings: Surroundings): Partial<Answers> {
  const region = aws(surroundings, "configure", "get", "region") ?? surroundings.variables["AWS_REGION"];
  const identity = aws(surroundings, "sts", "get-caller-identity", "--output", "json");
  return {
    ...(region === undefined ? {} : { region }),
    ...(identity === undefined ? {} : who(surroundings, identity)),
  };
}

function who(surroundings: Surroundings, identity: string): Partial<Answers> {
  const { Account, Arn }: { readonly Account?: string; readonly Arn?: string } = JSON.parse(identity);
  if (Account === undefined || Arn === undefined) return {};
  const admin = principalOf(surroundings, Arn);
  return { account: Account, ...(admin === undefined ? {} : { admin }) };
}

/**
 * What an access entry names: the user, or the role behind a session. A session does not tell the role's path, which the
 * roles of IAM Identity Center have.
 */
function principalOf(surroundings: Surroundings, arn: string): string | undefined {
  if (/:user\//.test(arn)) return arn;
  const [, partition, account, role] = /^arn:(aws[a-z-]*):sts::(\d{12}):assumed-role\/([^/]+)\//.exec(arn) ?? [];
  if (role === undefined) return undefined;
  const whole = aws(surroundings, "iam", "get-role", "--role-name", role, "--query", "Role.Arn", "--output", "text");
  if (whole !== undefined) return whole;
  return role.startsWith("AWSReservedSSO_") ? undefined : `arn:${partition}:iam::${account}:role/${role}`;
}

function aws(surroundings: Surroundings, ...args: readonly string[]): string | undefined {
  try {
    const { status, stdout } = runProgram(surroundings, "aws", args);
    const text = stdout.trim();
    return status === 0 && text !== "" && text !== "None" ? text : undefined;
  } catch {
    return undefined;
  }
}
