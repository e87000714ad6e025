import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readEnvironments } from "../../commands/terraform-json/read-stacks";
import { doorsFiles, shownEnvironments } from "./files";

const root = join(__dirname, "..", "..");
const environments = readEnvironments(join(root, "cdktf.out"), shownEnvironments);
for (const [file, text] of doorsFiles(environments)) writeFileSync(join(root, file), text);
