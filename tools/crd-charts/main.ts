import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { definitionsFile, inputsFolder } from "../../commands/inputs/inputs-folder";
import { gatewayApiChart } from "../../modules/controllers/gateway-api-crds";
import { components } from "../../modules/lifecycle/components";
import { chartFiles } from "./chart";

const root = path.join(__dirname, "../..");
process.chdir(root);
try {
  const { version } = components.gatewayApiCrds;
  const files = chartFiles(
    path.join(inputsFolder(root, process.env), definitionsFile("gateway-api", version)),
    version,
  );
  // Only now: whatever is wrong with the input, the chart of the last run stays.
  rmSync(gatewayApiChart, { recursive: true, force: true });
  for (const [file, text] of files) {
    const target = path.join(gatewayApiChart, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
  console.log(`${gatewayApiChart}: ${files.size} files`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
