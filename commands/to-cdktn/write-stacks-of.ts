import { readFileSync } from "node:fs";
import { App } from "cdktf";
import type { Environment } from "../../platform/environment";
import { environmentStacks } from "../../stacks/environment";

/**
 * A program of its own, bundled once with cdktf and once with another package in its place: writes the stacks of
 * environments that are checked already.
 *
 * Arguments: a file with the environments as JSON, and the folder to write to.
 */
const [, , file = "", outdir = ""] = process.argv;
const environments: readonly Environment[] = JSON.parse(readFileSync(file, "utf8"));
for (const environment of environments) {
  const app = new App({ stackTraces: false, outdir: `${outdir}/${environment.name}` });
  environmentStacks(app, environment);
  app.synth();
}
