import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "../gen/format";
import { reviewFiles } from "./files";
import { setsOf } from "./set-arguments";

/**
 * Writes what the documentation has of the review; and, where a file is named with what `terraform providers schema
 * -json` printed, what the review knows of providers.
 */
const [, , schema] = process.argv;
const root = join(__dirname, "..", "..");
const target = "commands/review/set-arguments.ts";

function sources(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true }).flatMap((entry) =>
    entry.isFile() && entry.name.endsWith(".ts") ? [readFileSync(join(entry.parentPath, entry.name), "utf8")] : [],
  );
}

/** Types of resources that the project makes, by the files of the bindings that it imports. */
function usedTypes(): ReadonlySet<string> {
  const texts = ["modules", "stacks"].flatMap((folder) => sources(join(root, folder)));
  const imports = texts.flatMap((text) => [
    ...text.matchAll(/@cdktf\/provider-(aws|kubernetes|helm)\/lib\/([a-z0-9-]+)/g),
  ]);
  return new Set(imports.map(([, provider, name = ""]) => `${provider}_${name.replaceAll("-", "_")}`));
}

const table =
  schema === undefined
    ? []
    : format(new Map([[target, setsOf(JSON.parse(readFileSync(schema, "utf8")), usedTypes())]]));
for (const [path, text] of [...reviewFiles(), ...table]) writeFileSync(join(root, path), text);
