import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { inputsFolder } from "../../commands/inputs/inputs-folder";
import { generate } from "./generate";

const root = path.join(__dirname, "../..");
process.chdir(root);
try {
  const files = generate(path.join(inputsFolder(root, process.env), "crds"));
  // Only now: whatever is wrong with the input, the types of the last run stay.
  rmSync(".gen", { recursive: true, force: true });
  for (const [file, text] of files) {
    mkdirSync(path.join(".gen", path.dirname(file)), { recursive: true });
    writeFileSync(path.join(".gen", file), text);
  }
  console.log(`.gen: ${files.size} files`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
