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

/** A policy of statements, in the current version of the policy language. */
export function policyDocument(...statements: readonly Statement[]): PolicyDocument {
  return { Version: "2012-10-17", Statement: statements };
}

/** The JSON text of a policy; references inside it become interpolations that Terraform fills. */
export function policyJson(document: PolicyDocument): string {
  return JSON.stringify(document);
}
