import { z } from "zod";

/** What a CRD's schema says about one value, reduced to what decides its TypeScript type. */
export interface Schema {
  readonly type?: "array" | "boolean" | "integer" | "number" | "object" | "string" | undefined;
  readonly properties?: Readonly<Record<string, Schema>> | undefined;
  readonly required?: readonly string[] | undefined;
  readonly additionalProperties?: Schema | undefined;
  readonly items?: Schema | undefined;
  readonly enum?: readonly (string | number)[] | undefined;
  readonly default?: unknown;
  readonly "x-kubernetes-int-or-string"?: boolean | undefined;
  readonly "x-kubernetes-preserve-unknown-fields"?: boolean | undefined;
}

const ignored = z.unknown().optional();

// Strict on purpose: a keyword that nobody has thought about must stop the generator, not make a type that lies.
const schema: z.ZodType<Schema> = z.lazy(() =>
  z.strictObject({
    type: z.enum(["array", "boolean", "integer", "number", "object", "string"]).optional(),
    properties: z.record(z.string(), schema).optional(),
    required: z.array(z.string()).optional(),
    additionalProperties: schema.optional(),
    items: schema.optional(),
    enum: z.array(z.union([z.string(), z.number()])).optional(),
    default: ignored,
    "x-kubernetes-int-or-string": z.boolean().optional(),
    "x-kubernetes-preserve-unknown-fields": z.boolean().optional(),

    // A structural schema may only narrow values with these, never add to them: a type without them is wider than
    // what the API server accepts, and never narrower.
    anyOf: ignored,
    oneOf: ignored,
    format: ignored,
    pattern: ignored,
    minimum: ignored,
    maximum: ignored,
    minLength: ignored,
    maxLength: ignored,
    minItems: ignored,
    maxItems: ignored,
    minProperties: ignored,
    maxProperties: ignored,
    "x-kubernetes-validations": ignored,

    description: ignored,
    "x-kubernetes-list-map-keys": ignored,
    "x-kubernetes-list-type": ignored,
    "x-kubernetes-map-type": ignored,
  }),
);

/** A CustomResourceDefinition, as far as the generator reads it. */
export const customResourceDefinition = z.object({
  kind: z.literal("CustomResourceDefinition"),
  spec: z.object({
    group: z.string(),
    names: z.object({ kind: z.string() }),
    scope: z.enum(["Cluster", "Namespaced"]),
    versions: z.array(z.object({ name: z.string(), schema: z.object({ openAPIV3Schema: z.unknown() }) })),
  }),
});

/** A custom resource's own schema: an object of `apiVersion`, `kind`, `metadata`, and mostly `spec` and `status`. */
export const resourceSchema = schema;
