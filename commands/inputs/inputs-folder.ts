import { join, resolve } from "node:path";

/**
 * Where the generators and the chart tests read what others publish: `charts/<chart>-<version>.values.yaml` and
 * `crds/<name>-v<version>.yaml`. `FOUNDRY_INPUTS` names it, and is the one way out of the repository; otherwise it is
 * `inputs` in the project, which git ignores. `foundry inputs` fills it.
 */
export function inputsFolder(root: string, { FOUNDRY_INPUTS }: Readonly<NodeJS.ProcessEnv>): string {
  return FOUNDRY_INPUTS === undefined || FOUNDRY_INPUTS === "" ? join(root, "inputs") : resolve(root, FOUNDRY_INPUTS);
}

/** File of a chart's default values below the inputs' folder. */
export function valuesFile({ chart, version }: { readonly chart: string; readonly version: string }): string {
  return join("charts", `${chart}-${version}.values.yaml`);
}

/** File of a component's CustomResourceDefinitions below the inputs' folder. */
export function definitionsFile(name: string, version: string): string {
  return join("crds", `${name}-v${version.replace(/^v/, "")}.yaml`);
}
