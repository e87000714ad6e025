import type { z } from "zod";
import { accountId, cidr, principalArn, region } from "../../modules/schema/primitives";
import { environmentName } from "../../platform/environment-name";

/** Something that a new environment has to be told. */
interface Field {
  readonly flag: string;
  readonly value: string;
  readonly what: string;
  readonly schema: z.ZodType<string>;
}

/** In the order in which they are asked for. */
export const fields = {
  region: { flag: "--region", value: "region", what: "AWS region of the cluster", schema: region },
  account: { flag: "--account", value: "id", what: "AWS account, twelve digits", schema: accountId },
  admin: {
    flag: "--admin",
    value: "arn",
    what: "IAM role or user that applies, and is the cluster's administrator",
    schema: principalArn.refine(
      (arn) => !arn.endsWith(":root"),
      "an access entry is for a role or a user, not for root",
    ),
  },
  network: {
    flag: "--network",
    value: "cidr",
    what: "network that you call the cluster from, such as 203.0.113.0/24",
    schema: cidr,
  },
} as const satisfies Readonly<Record<string, Field>>;

export type FieldName = keyof typeof fields;

export const fieldNames = Object.keys(fields) as FieldName[];

/** What a new environment is made of. */
export type Answers = Readonly<Record<FieldName, string>> & { readonly name: string };

export type InitOptions = { readonly [Name in FieldName]?: string } & { readonly yes?: boolean };

export function askedFor(name: string | undefined, given: InitOptions): Partial<Answers> {
  const answers = Object.fromEntries(
    fieldNames.flatMap((field) => (given[field] === undefined ? [] : [[field, given[field]]])),
  );
  return name === undefined ? answers : { ...answers, name };
}

/** Why an answer cannot be taken; undefined where it can. */
export function objection(field: FieldName | "name", answer: string): string | undefined {
  const schema = field === "name" ? environmentName : fields[field].schema;
  return schema.safeParse(answer).error?.issues[0]?.message;
}
