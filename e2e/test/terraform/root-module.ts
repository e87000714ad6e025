import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";

/** What became of an attempt to validate with real Terraform. */
export type Validation =
  | { readonly kind: "valid" }
  | { readonly kind: "invalid"; readonly message: string }
  /** Terraform or a plugin could not be had; nothing was learned. */
  | { readonly kind: "not run"; readonly reason: string };

interface Diagnostics {
  readonly valid: boolean;
  readonly diagnostics: readonly {
    readonly severity: string;
    readonly summary: string;
    readonly detail?: string;
    readonly range?: { readonly filename: string; readonly start: { readonly line: number } };
  }[];
}

function terraform(folder: string, args: readonly string[]) {
  return spawnSync("terraform", args, {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, CHECKPOINT_DISABLE: "1" },
  });
}

const firstError = (text: string) =>
  stripVTControlCharacters(text)
    .split("\n")
    .map((line) => line.replace(/^[│╷╵\s]+/, ""))
    .find((line) => line.startsWith("Error:") || line.startsWith("Could not")) ?? text.trim();

/** Why a plugin cannot be had, by what `terraform init` printed; undefined where it failed because of the stacks. */
export function unavailable(output: string): string | undefined {
  const error = firstError(output);
  return /Failed to (query|install|resolve)|Could not/.test(error) ? `terraform init: ${error}` : undefined;
}

/**
 * Validates stacks together, each as a module of one root, so that a plugin starts once for all of them.
 * Plugins are looked for with an ordinary `terraform init`.
 */
export function validateTogether(stacks: ReadonlyMap<string, string>, assets?: string): Validation {
  const folder = mkdtempSync(join(tmpdir(), "validate-"));
  try {
    for (const [name, json] of stacks) {
      mkdirSync(join(folder, name));
      // A module has no backend of its own, and imports nothing.
      const { terraform: settings, import: _import, ...rest } = JSON.parse(json);
      const { backend: _backend, cloud: _cloud, ...kept } = settings;
      writeFileSync(join(folder, name, "cdk.tf.json"), JSON.stringify({ ...rest, terraform: kept }));
      if (assets !== undefined) cpSync(assets, join(folder, name, "assets"), { recursive: true });
    }
    const modules = [...stacks.keys()].map((name) => [name, { source: `./${name}` }]);
    writeFileSync(join(folder, "main.tf.json"), JSON.stringify({ module: Object.fromEntries(modules) }));
    const init = terraform(folder, ["init", "-backend=false", "-input=false", "-no-color"]);
    if (init.error !== undefined)
      return { kind: "not run", reason: `terraform could not be started: ${init.error.message}` };
    if (init.status !== 0) {
      const reason = unavailable(init.stderr);
      return reason === undefined ? { kind: "invalid", message: init.stderr } : { kind: "not run", reason };
    }
    const { valid, diagnostics }: Diagnostics = JSON.parse(terraform(folder, ["validate", "-json"]).stdout);
    if (valid) return { kind: "valid" };
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    return {
      kind: "invalid",
      message: errors.map(({ summary, detail, range }) => `${range?.filename}: ${summary}: ${detail}`).join("\n"),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
