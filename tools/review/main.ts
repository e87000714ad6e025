import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "../gen/format";
import { setsOf } from "./set-arguments";

/** Writes what the review knows of providers, from `terraform providers schema -json` in the file that is named. */
const [, , file] = process.argv;
if (file === undefined) throw new Error("name a file with what `terraform providers schema -json` printed");
const root = join(__dirname, "..", "..");
const target = "commands/review/set-arguments.ts";

function sources(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true }).flatMap((entry) =>
    entry.isFile() && entry.name.endsWith(".ts") ? [readFileSync(join(entry.parentPath, entry.name), "utf8")] : [],
  );
}

/** Types of resources that the project makes, by the files of the bindings that it imports. */
const used = ["modules", "stacks"]
  .flatMap((folder) => sources(join(root, folder)))
  .flatMap((text) => [...text.matchAll(/@cdktf\/provider-(aws|kubernetes|helm)\/lib\/([a-z0-9-]+)/g)])
  .map(([, provider, name = ""]) => `${provider}_${name.replaceAll("-", "_")}`);

const text = setsOf(JSON.parse(readFileSync(file, "utf8")), new Set(used));
for (const [path, laidOut] of format(new Map([[target, text]]))) writeFileSync(join(root, path), laidOut);
