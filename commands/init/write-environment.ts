import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { EnvironmentError } from "../../modules/schema/problem";
import { oneOf } from "../../modules/schema/suggest";
import { checkFile } from "../../platform/load";
import { Refusal, WrongCall } from "../program/errors";
import { printLine } from "../program/print";
import type { Surroundings } from "../program/surroundings";
import { ask } from "./ask";
import { caller } from "./caller";
import { environmentText, newEnvironment } from "./environment-text";
import { type Answers, fieldNames, fields, objection } from "./fields";

/**
 * Writes the file of a new environment, which passes every rule.
 *
 * @param given what the command line says
 * @param silent whether nothing may be asked
 * @throws Refusal where there is a file of the name, or something is not known that nobody may be asked for
 */
export async function writeEnvironment(
  surroundings: Surroundings,
  given: Partial<Answers>,
  silent: boolean,
): Promise<void> {
  refuseWrong(given);
  const folder = join(surroundings.root, "environments");
  if (given.name !== undefined) refuseTaken(folder, given.name);
  const known = caller(surroundings);
  const answers = silent ? complete({ ...known, ...given }) : await ask(surroundings, given, known);
  const file = `environments/${answers.name}.ts`;
  refuseTaken(folder, answers.name);
  const { problems } = checkFile({ file, name: answers.name, value: newEnvironment(answers) }, surroundings.today);
  if (problems.length > 0) throw new EnvironmentError(problems);
  mkdirSync(folder, { recursive: true });
  // Another call may have written it meanwhile.
  writeFileSync(join(folder, `${answers.name}.ts`), environmentText(answers), { flag: "wx" });
  printLine(surroundings.output, file);
  printLine(
    surroundings.errors,
    `npx foundry synth ${answers.name} writes its stacks; npx foundry config ${answers.name} prints what it means`,
  );
}

function refuseTaken(folder: string, name: string): void {
  if (!existsSync(join(folder, `${name}.ts`))) return;
  throw new Refusal(`there is environments/${name}.ts already, and nothing is written over it; choose another name`);
}

function refuseWrong(given: Partial<Answers>): void {
  for (const field of ["name", ...fieldNames] as const) {
    const value = given[field];
    const wrong = value === undefined ? undefined : objection(field, value);
    const where = field === "name" ? "the name" : fields[field].flag;
    if (wrong !== undefined) throw new WrongCall(`${where} is ${JSON.stringify(value)}: ${wrong}`);
  }
}

function complete(answers: Partial<Answers>): Answers {
  const { name, region, account, admin, network } = answers;
  if (
    name !== undefined &&
    region !== undefined &&
    account !== undefined &&
    admin !== undefined &&
    network !== undefined
  ) {
    refuseWrong(answers);
    return { name, region, account, admin, network };
  }
  const missing = [
    ...(name === undefined ? ["a name"] : []),
    ...fieldNames.filter((field) => answers[field] === undefined).map((field) => fields[field].flag),
  ];
  throw new WrongCall(
    `nothing says ${oneOf(missing)}, and --yes asks nothing; write ${missing.length === 1 ? "it" : "them"}, or leave --yes out`,
  );
}
