/** Operators, keys and values of an IAM condition, as IAM's JSON has them. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** One statement of an IAM policy, as IAM's JSON has it. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: "*" | Readonly<Record<string, string | readonly string[]>>;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Conditions;
}

/** An IAM policy, as IAM's JSON has it. Values may hold Terraform references. */
export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Statement[];
}

/** Actions of one service by their names alone: `actions("ec2", "DescribeVpcs")` is `["ec2:DescribeVpcs"]`. */
export function actions(service: string, ...names: readonly string[]): readonly string[] {
  return names.map((name) => `${service}:${name}`);
}

/** A statement that allows actions on resources, under a condition where one is given. */
export function allow(
  action: readonly string[],
  resource: string | readonly string[],
  condition?: Conditions,
): Statement {
  return {
    Effect: "Allow",
    Action: action,
    Resource: resource,
    ...(condition === undefined ? {} : { Condition: condition }),
  };
}

/** A policy of statements, in the current version of the policy language. */
export function policyDocument(...statements: readonly Statement[]): PolicyDocument {
  return { Version: "2012-10-17", Statement: statements };
}

/** The JSON text of a policy; references inside it become interpolations that Terraform fills. */
export function policyJson(document: PolicyDocument): string {
  return JSON.stringify(document);
}
