import { readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { compileFunction } from "node:vm";
import * as cdktf from "cdktf";
import * as constructs from "constructs";
import { additionsScope } from "../../stacks/environment";
import type { AddToStacks } from "../../stacks/open-stacks";
import { stackId, stackOrder } from "../../stacks/order";
import { Refusal } from "../program/errors";

export interface Additions {
  /** Source, for messages. */
  readonly file: string;
  readonly compiled: string;
  /** Folder for the stacks as they are without them; it is removed again. */
  readonly without: string;
  /** Writes the environment's stacks into an app's folder, and says a line of each. */
  readonly write: (app: cdktf.App, add?: AddToStacks) => readonly string[];
}

/**
 * Writes stacks with what a file adds to them, and holds them to what they are without: nothing that stands there has
 * changed, whatever way it was touched.
 *
 * @throws Refusal where the file's code fails, or has done more than to add
 */
export function writtenWithAdditions(
  app: cdktf.App,
  { name }: { readonly name: string },
  { file, compiled, without, write }: Additions,
): readonly string[] {
  const add = load(file, compiled);
  try {
    write(new cdktf.App({ stackTraces: false, outdir: without }));
    const summaries = write(app, (stacks) => {
      try {
        add(stacks);
      } catch (error) {
        throw new Refusal(`${file}: its code fails: ${error instanceof Error ? error.message : String(error)}`);
      }
    });
    const problems = stackOrder.flatMap((stack) => {
      const path = join("stacks", stackId(name, stack), "cdk.tf.json");
      const read = (folder: string) => JSON.parse(readFileSync(join(folder, path), "utf8"));
      return additionProblems(read(without), read(app.outdir)).map((problem) => `${stackId(name, stack)}: ${problem}`);
    });
    if (problems.length > 0) {
      throw new Refusal(
        `${file} may add constructs below the scope of each stack and change nothing:\n` +
          problems.map((problem) => `  ${problem}`).join("\n"),
      );
    }
    return summaries;
  } finally {
    rmSync(without, { recursive: true, force: true });
  }
}

/** The program's own: the file's constructs then stand in the program's stacks. */
const handedOn: Readonly<Record<string, unknown>> = { cdktf, constructs };

function load(file: string, compiled: string): AddToStacks {
  const own = createRequire(compiled);
  const module: { exports: { readonly default?: unknown } } = { exports: {} };
  const require = (id: string): unknown => handedOn[id] ?? own(id);
  try {
    compileFunction(readFileSync(compiled, "utf8"), ["exports", "require", "module", "__filename", "__dirname"], {
      filename: compiled,
    })(module.exports, require, module, compiled, dirname(compiled));
  } catch (error) {
    throw new Refusal(
      `${file}: its code fails when it is read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  const add = module.exports.default;
  if (typeof add !== "function") {
    throw new Refusal(
      `${file} has no function as its default export; write export default defineAdditions((stacks) => …)`,
    );
  }
  return (stacks) => {
    add(stacks);
  };
}

type Block = Readonly<Record<string, unknown>>;

/** Parts of a stack that hold blocks by type and name, and by name alone. */
const byType = ["resource", "data", "ephemeral"];
const byName = ["output", "locals"];

const fieldsOf = (value: unknown): Block => (typeof value === "object" && value !== null ? { ...value } : {});

/** What a stack with additions has that it may not have, or has no longer, a line each. */
export function additionProblems(before: Block, after: Block): readonly string[] {
  const parts = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((part) => part !== "//");
  const providers = Object.keys(fieldsOf(before["provider"]));
  return parts.flatMap((part): readonly string[] => {
    const [was, is] = [fieldsOf(before[part]), fieldsOf(after[part])];
    if (byType.includes(part)) {
      const types = [...new Set([...Object.keys(was), ...Object.keys(is)])];
      return types.flatMap((type) =>
        blockProblems(`${part === "resource" ? "" : `${part}.`}${type}`, fieldsOf(was[type]), fieldsOf(is[type]), {
          unknownProvider: providers.includes(type.split("_")[0] ?? "") ? undefined : providers,
        }),
      );
    }
    if (byName.includes(part)) return blockProblems(part, was, is, {});
    return isDeepStrictEqual(before[part], after[part]) ? [] : [`${part} differs, and is no part that is added to`];
  });
}

function blockProblems(
  prefix: string,
  was: Block,
  is: Block,
  { unknownProvider }: { readonly unknownProvider?: readonly string[] | undefined },
): readonly string[] {
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  return names.flatMap((name): readonly string[] => {
    const address = `${prefix}.${name}`;
    if (!(name in is)) return [`${address} is gone`];
    if (name in was) return isDeepStrictEqual(was[name], is[name]) ? [] : [`${address} differs`];
    if (!name.startsWith(`${additionsScope}_`)) {
      return [`${address} is not below the scope; pass the stack's \`scope\` as the first argument of the construct`];
    }
    return unknownProvider === undefined
      ? []
      : [`${address} is of a provider that this stack does not have; it has ${unknownProvider.join(", ")}`];
  });
}
