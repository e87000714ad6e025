import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { optionFiles } from "./files";

const root = join(__dirname, "..", "..");
for (const [file, text] of optionFiles()) writeFileSync(join(root, file), text);
