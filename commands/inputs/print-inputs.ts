import { relative } from "node:path";
import { runProgram } from "../program/child";
import { Refusal } from "../program/errors";
import { printLine } from "../program/print";
import type { Surroundings } from "../program/surroundings";
import { type FetchInputsOptions, fetchInputs } from "./fetch-inputs";
import { inputsFolder } from "./inputs-folder";

/**
 * Fetches what generators and chart tests read, a line a file.
 *
 * @throws Refusal where something could not be fetched, after naming it
 */
export async function printInputs(
  surroundings: Surroundings,
  what: Pick<FetchInputsOptions, "charts" | "definitions"> = {},
): Promise<void> {
  const { root, variables, output, errors } = surroundings;
  const folder = inputsFolder(root, variables);
  let count = 0;
  const missing = await fetchInputs({
    ...what,
    folder,
    helm: (args) => runProgram(surroundings, "helm", args),
    onFile: (file) => {
      count++;
      printLine(output, file);
    },
  });
  const shown = relative(root, folder).startsWith("..") ? folder : relative(root, folder);
  printLine(output, `${shown}: ${count} ${count === 1 ? "file" : "files"}`);
  for (const { files, reason } of missing) printLine(errors, `${files.join(", ")}: missing, because ${reason}`);
  if (missing.length > 0) throw new Refusal("some inputs are missing, for the reasons above; the others can be used");
}
