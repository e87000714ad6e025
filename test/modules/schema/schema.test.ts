import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { exampleOf } from "../../../modules/schema/examples";
import { definition, discriminatorOf, fieldsOf, within } from "../../../modules/schema/schema-keys";
import { environmentSchema } from "../../../platform/environment";

type Schema = z.core.$ZodType;

interface Placed {
  readonly path: string;
  readonly schema: Schema;
}

/** Every schema that an environment is made of, with the place where it stands. */
function everySchema(schema: Schema, path = "environment"): readonly Placed[] {
  const inner = within(schema);
  if (inner !== undefined) return [{ path, schema }, ...everySchema(inner, path)];
  const def = definition(schema);
  const parts = (): readonly Placed[] => {
    switch (def.type) {
      case "object":
        return Object.entries(fieldsOf(schema) ?? {}).flatMap(([key, field]) => everySchema(field, `${path}.${key}`));
      case "record":
        return [...everySchema(def.keyType, `${path}.<key>`), ...everySchema(def.valueType, `${path}.*`)];
      case "array":
        return everySchema(def.element, `${path}[]`);
      case "union":
        return def.options.flatMap((option, index) => everySchema(option, `${path}|${index}`));
      default:
        return [];
    }
  };
  return [{ path, schema }, ...(isJson(schema) ? [] : parts())];
}

/** Values of charts and add-ons are JSON of anybody's own. */
function isJson(schema: Schema): boolean {
  const def = definition(schema);
  return def.type === "union" && def.options.some((option) => definition(option).type === "null");
}

const schemas = everySchema(environmentSchema);
const checksOf = ({ schema }: Placed) => definition(schema).checks ?? [];

describe("the schema of an environment", () => {
  it("is walked to its leaves", () => {
    const paths = schemas.map(({ path }) => path);
    expect(paths).toContain("environment.aws.region");
    expect(paths).toContain("environment.cluster.addons.vpc-cni|1.configuration.<key>");
    expect(paths).toContain("environment.workloads.*.routes[]|1.certificateArn");
  });

  it("has strict objects only, so that a misspelt key is an error and not a silence", () => {
    const loose = schemas.filter(({ schema }) => {
      const def = definition(schema);
      return def.type === "object" && (def.catchall === undefined || definition(def.catchall).type !== "never");
    });
    expect(loose.map(({ path }) => path)).toEqual([]);
  });

  it("tells choices apart by kind", () => {
    const discriminators = schemas.flatMap(({ path, schema }) => {
      const discriminator = discriminatorOf(schema);
      return discriminator === undefined || discriminator === "kind" ? [] : [`${path}: ${discriminator}`];
    });
    expect(discriminators).toEqual([]);
    expect(schemas.filter(({ schema }) => discriminatorOf(schema) === "kind").length).toBeGreaterThan(10);
  });

  it("says what to write where it refuses a text by its form", () => {
    const silent = schemas.filter(
      (placed) =>
        definition(placed.schema).type === "string" &&
        checksOf(placed).some((check) => ["string_format", "custom"].includes(check._zod.def.check)) &&
        exampleOf(placed.schema) === "...",
    );
    expect(silent.map(({ path }) => path)).toEqual([]);
  });

  it("takes its own examples", () => {
    const wrong = schemas.filter(({ schema }) => {
      const example = exampleOf(schema);
      return definition(schema).type === "string" && example !== "..." && !parses(schema, example);
    });
    expect(wrong.map(({ path, schema }) => `${path}: ${exampleOf(schema)}`)).toEqual([]);
  });
});

function parses(schema: Schema, value: unknown): boolean {
  const result = schema._zod.run({ value, issues: [] }, {});
  return !(result instanceof Promise) && result.issues.length === 0;
}
