import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, Testing } from "cdktf";
import { AddressedStack } from "../../modules/terraform/addressed-stack";

/** Arguments of one block of Terraform JSON. */
export type Arguments = Readonly<Record<string, unknown>>;

/** Blocks of one sort: type, then name. */
export type Blocks = Readonly<Record<string, Readonly<Record<string, Arguments>>>>;

/** What Terraform will read, as far as tests look at it. */
export type TerraformJson = {
  readonly resource: Blocks;
  readonly data: Blocks;
  readonly ephemeral: Blocks;
  readonly import: readonly Arguments[];
  readonly moved: readonly Arguments[];
  readonly provider: Readonly<Record<string, readonly Arguments[]>>;
  readonly output: Readonly<
    Record<string, { readonly value: unknown; readonly description?: string; readonly sensitive?: boolean }>
  >;
  readonly terraform: Arguments;
};

/** Parses a synthesized stack; a sort of block that is absent becomes empty. */
export function parseStack(json: string): TerraformJson {
  return {
    resource: {},
    data: {},
    ephemeral: {},
    import: [],
    moved: [],
    provider: {},
    output: {},
    ...JSON.parse(json),
  };
}

const outdir = mkdtempSync(join(tmpdir(), "synth-"));

/** Synthesizes a module alone, in a stack with the project's addresses and nothing else. */
export function synthModule(build: (stack: AddressedStack) => void): TerraformJson {
  const stack = new AddressedStack(Testing.stubVersion(new App({ stackTraces: false, outdir })), "test");
  build(stack);
  return parseStack(Testing.synth(stack, false));
}

/** Arguments of one resource; names what is there when it is missing. */
export function resource(json: TerraformJson, type: string, name: string): Arguments {
  const found = json.resource[type]?.[name];
  if (found !== undefined) return found;
  const there = Object.entries(json.resource).flatMap(([kind, blocks]) =>
    Object.keys(blocks).map((id) => `${kind}.${id}`),
  );
  throw new Error(`no ${type}.${name} among ${there.join(", ")}`);
}

/** All resources of one type. */
export function resources(json: TerraformJson, type: string): readonly Arguments[] {
  return Object.values(json.resource[type] ?? {});
}
