import { createInterface } from "node:readline";
import { Refusal } from "../program/errors";
import type { Surroundings } from "../program/surroundings";
import { type Answers, type FieldName, fields, objection } from "./fields";

/**
 * Asks for what is not given, each until the answer can be taken; a default is taken with an empty line.
 *
 * @throws Refusal where the input ends before the last answer
 */
export async function ask(
  { input, errors }: Pick<Surroundings, "input" | "errors">,
  given: Partial<Answers>,
  defaults: Partial<Answers>,
): Promise<Answers> {
  const reader = createInterface({ input });
  const lines = reader[Symbol.asyncIterator]();
  const answer = async (field: FieldName | "name", what: string): Promise<string> => {
    const known = given[field];
    if (known !== undefined) return known;
    const byDefault = defaults[field];
    for (;;) {
      errors.write(`${what}${byDefault === undefined ? "" : ` [${byDefault}]`}: `);
      const { value, done } = await lines.next();
      if (done === true) {
        errors.write("\n");
        throw new Refusal(
          "the answers end too early, and nothing is written; foundry init --help has an option for each",
        );
      }
      const text = String(value).trim() || (byDefault ?? "");
      const wrong = objection(field, text);
      if (wrong === undefined) return text;
      errors.write(`  ${wrong}\n`);
    }
  };
  try {
    return {
      name: await answer("name", "name of the environment"),
      region: await answer("region", fields.region.what),
      account: await answer("account", fields.account.what),
      admin: await answer("admin", fields.admin.what),
      network: await answer("network", fields.network.what),
    };
  } finally {
    // A terminal that is still listened to keeps the process from ending.
    reader.close();
  }
}
