import { describe, expect, it } from "vitest";
import { z } from "zod";
import { descriptions, wordsOf } from "../../modules/schema/descriptions";
import * as primitives from "../../modules/schema/primitives";
import { isOptional, within } from "../../modules/schema/schema-keys";
import { everyOption } from "./every-option";

const options = everyOption();
/** What is said of a form that many options share; of one of them it says too little. */
const ofForms = new Set(
  Object.values(primitives)
    .filter((value) => value instanceof z.ZodType && value !== primitives.reason)
    .map((form) => descriptions.get(form as z.ZodType)?.description),
);

describe("every option of an environment", () => {
  it("is found", () => {
    expect(options.map(({ path }) => path)).toEqual(
      expect.arrayContaining(["network.nat", "cluster.nodeGroups.capacity", "workloads.routes.exposure"]),
    );
  });

  it("says what it is for", () => {
    const silent = options.filter(({ schema, isDiscriminator }) => {
      const { description } = wordsOf(schema);
      return !isDiscriminator && (description === undefined || ofForms.has(description));
    });
    expect(silent.map(({ path }) => path)).toEqual([]);
  });

  it("says what holds where it is left out, unless its own fields do", () => {
    const silent = options.filter(
      ({ schema, hasFields }) => isOptional(schema) && !hasFields && wordsOf(schema).default === undefined,
    );
    expect(silent.map(({ path }) => path)).toEqual([]);
  });

  it("leaves a default to the schema that has it as one value, so that the two never differ", () => {
    const twice = options.filter(({ schema }) => {
      const prose = descriptions.get(schema)?.description ?? "";
      const value = defaultOf(schema);
      return prose.includes("Default:") && value !== undefined && (typeof value !== "object" || value === null);
    });
    expect(twice.map(({ path }) => path)).toEqual([]);
  });

  it("says it in sentences", () => {
    const texts = options.flatMap(({ path, schema }) => {
      const { description } = wordsOf(schema);
      return description === undefined ? [] : [{ path, description }];
    });
    // nginx is a name.
    expect(texts.filter(({ description }) => !/^([A-Z`]|(ingress-)?nginx ).*\.$/s.test(description))).toEqual([]);
  });
});

it("says of every form that options share what it is, so that no option's own words are taken for the form's", () => {
  const forms = Object.entries(primitives).filter(([, value]) => value instanceof z.ZodType);
  expect(forms.length).toBeGreaterThan(10);
  expect(forms.filter(([, form]) => !descriptions.has(form as z.ZodType)).map(([name]) => name)).toEqual([]);
});

function defaultOf(schema: z.core.$ZodType): unknown {
  const def = (schema as z.core.$ZodTypes)._zod.def;
  if (def.type === "default") return def.defaultValue;
  const inner = within(schema);
  return inner === undefined ? undefined : defaultOf(inner);
}
