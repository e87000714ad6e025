import { IamUser } from "@cdktf/provider-aws/lib/iam-user";
import { Construct } from "constructs";

export interface UsersProps {
  readonly names: readonly string[];
}

/** IAM users for callers outside AWS; they get no access key here, and no permission but what a door grants. */
export class Users extends Construct {
  /** ARN of each user, by name. */
  readonly arns: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: UsersProps) {
    super(scope, id);
    this.arns = Object.fromEntries(props.names.map((name) => [name, new IamUser(this, name, { name }).arn]));
  }
}
