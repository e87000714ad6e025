import { z } from "zod";

const stateSchema = z.looseObject({
  outputs: z.record(z.string(), z.unknown()).default({}),
  resources: z
    .array(
      z.looseObject({
        mode: z.enum(["managed", "data"]),
        type: z.string(),
        name: z.string(),
        module: z.string().optional(),
        instances: z.array(z.looseObject({ attributes: z.record(z.string(), z.unknown()).nullish() })).default([]),
      }),
    )
    .default([]),
});

/** Something that Terraform made and looks after. */
export interface StateResource {
  /** Without the key of an instance. */
  readonly address: string;
  readonly type: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** What a stack's state says, without data sources. */
export interface State {
  /** Whether it was ever applied: then others can read its contract. */
  readonly published: boolean;
  readonly resources: readonly StateResource[];
}

/** @param text of a state, version 4; empty where there is none */
export function readState(text: string): State {
  if (text === "") return { published: false, resources: [] };
  const { outputs, resources } = stateSchema.parse(JSON.parse(text));
  return {
    published: Object.keys(outputs).length > 0,
    resources: resources
      .filter(({ mode }) => mode === "managed")
      .flatMap(({ type, name, module, instances }) =>
        instances.map(({ attributes }) => ({
          address: `${module === undefined ? "" : `${module}.`}${type}.${name}`,
          type,
          attributes: attributes ?? {},
        })),
      ),
  };
}
