import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gatewayApiChart } from "../../modules/controllers/gateway-api-crds";
import { components } from "../../modules/lifecycle/components";
import { chartFiles } from "./chart";

process.chdir(path.join(__dirname, "../.."));
try {
  const { version } = components.gatewayApiCrds;
  const files = chartFiles(`../shared/crds/gateway-api-v${version}.yaml`, version);
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
