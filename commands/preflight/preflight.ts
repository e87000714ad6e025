import type { StackName } from "../../stacks/order";
import { environmentsToRead } from "../program/environments";
import { AlreadyReported, Refusal } from "../program/errors";
import { printJson, printLine } from "../program/print";
import type { Surroundings } from "../program/surroundings";
import { printTable } from "../program/table";
import type { writeStacks } from "../synth/synthesize";
import { outputFolder, synthesizedStacks } from "../terraform/stacks";
import { realFacts } from "./aws/real-facts";
import type { Check } from "./check";
import { checks } from "./checks";
import { images } from "./checks/images";
import { look, type Result } from "./look";
import { subjectOf } from "./subject";

/** Nothing is known to stop an apply, and not everything could be looked at. */
const notSure = 2;

/**
 * Looks for whatever would stop an apply of an environment, and prints it.
 *
 * @throws Refusal where something would, or where nobody knows
 */
export async function preflight(
  surroundings: Surroundings,
  environment: string,
  json: boolean,
  synthesizer: typeof writeStacks,
): Promise<void> {
  const quiet = { ...surroundings.output, write: () => undefined };
  const code = await synthesizer({ ...surroundings, output: quiet, environments: [environment] });
  if (code !== 0) throw new AlreadyReported(code);
  const results = await lookAt(surroundings, environment);
  if (json) printJson(surroundings.output, { environment, results: results.map(asJson) });
  else printResults(surroundings, environment, results);
  const ending = end(results);
  if (ending !== 0) throw new AlreadyReported(ending);
}

/**
 * The same before an apply, which has synthesized already: says nothing where nothing stops it.
 *
 * @throws Refusal where something would stop it
 */
export async function preflightOfApply(
  surroundings: Surroundings,
  environment: string,
  until: StackName | undefined,
): Promise<void> {
  // Images are pushed between the cluster and the apps stack.
  const results = await lookAt(surroundings, environment, until === undefined || until === "apps" ? [] : [images]);
  const told = results.filter(({ outcome }) => outcome.kind === "not looked" || outcome.findings.length > 0);
  if (told.length > 0) printRows(surroundings, told);
  if (end(results) === 1) {
    throw new Refusal("nothing was changed; mend what stops it, or add --no-preflight to apply all the same");
  }
}

async function lookAt(
  surroundings: Surroundings,
  name: string,
  leftOut: readonly Check[] = [],
): Promise<readonly Result[]> {
  const [environment] = environmentsToRead(surroundings, [name]).environments;
  if (environment === undefined) throw new Error(`environments/${name}.ts was read a moment ago and is gone`);
  const stacks = synthesizedStacks(outputFolder(surroundings), name);
  const facts = realFacts(surroundings, environment, stacks);
  const made = checks.filter((check) => !leftOut.includes(check));
  return look(made, subjectOf(environment, stacks, surroundings.today), facts);
}

function end(results: readonly Result[]): number {
  const stopped = results.some(
    ({ outcome }) => outcome.kind === "looked" && outcome.findings.some(({ severity }) => severity === "stops"),
  );
  if (stopped) return 1;
  return results.some(({ outcome }) => outcome.kind === "not looked") ? notSure : 0;
}

const verdicts = { stops: "STOPS", warns: "warns" } as const;

function rowsOf({ check, outcome }: Result): readonly (readonly string[])[] {
  if (outcome.kind === "not looked") return [[check, "not looked at", outcome.because]];
  if (outcome.findings.length === 0) return [[check, "good", ""]];
  return outcome.findings.map(({ severity, what }) => [check, verdicts[severity], what]);
}

function printRows({ output }: Surroundings, results: readonly Result[]): void {
  printTable(output, ["check", "verdict", ""], results.flatMap(rowsOf));
  const remedies = results.flatMap(({ check, outcome }) =>
    outcome.kind === "looked" ? outcome.findings.map(({ remedy }) => `${check}: ${remedy}`) : [],
  );
  if (remedies.length === 0) return;
  printLine(output, "\nWhat to do:");
  for (const remedy of new Set(remedies)) printLine(output, `  ${remedy}`);
}

function printResults(surroundings: Surroundings, environment: string, results: readonly Result[]): void {
  printRows(surroundings, results);
  const verdict = ["nothing would stop an apply", "an apply would be stopped", "not everything could be looked at"];
  printLine(surroundings.output, `\n${environment}: ${verdict[end(results)]}`);
}

function asJson({ check, outcome }: Result) {
  return outcome.kind === "looked"
    ? { check, looked: true, findings: outcome.findings }
    : { check, looked: false, because: outcome.because };
}
