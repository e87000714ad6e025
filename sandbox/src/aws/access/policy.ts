import { z } from "zod";

const texts = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (typeof value === "string" ? [value] : value));
const values = z
  .union([z.string(), z.number(), z.boolean(), z.array(z.union([z.string(), z.number(), z.boolean()]))])
  .transform((value) => (Array.isArray(value) ? value : [value]).map(String));

const statement = z.looseObject({
  Sid: z.string().optional(),
  Effect: z.enum(["Allow", "Deny"]),
  Action: texts.optional(),
  NotAction: texts.optional(),
  Resource: texts.optional(),
  NotResource: texts.optional(),
  /** Values by key by operator. */
  Condition: z.record(z.string(), z.record(z.string(), values)).default({}),
});

export type PolicyStatement = z.infer<typeof statement>;

const document = z.looseObject({
  Statement: z.union([statement, z.array(statement)]).transform((value) => (Array.isArray(value) ? value : [value])),
});

/** The statements of a policy of an identity. */
export function policyStatements(text: string): readonly PolicyStatement[] {
  return document.parse(JSON.parse(text)).Statement;
}
