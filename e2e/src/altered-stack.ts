import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type StackJson, type SynthesizedStack, stackJson } from "@ingress-foundry/sandbox/synthesized";

/** Does something while the JSON of a stack is another one; it is the one that was synthesized again afterwards. */
export async function whileAltered<Result>(
  { folder }: Pick<SynthesizedStack, "folder">,
  alter: (json: StackJson) => void,
  work: () => Promise<Result>,
): Promise<Result> {
  const file = join(folder, "cdk.tf.json");
  const whole = readFileSync(file, "utf8");
  const altered = stackJson.parse(JSON.parse(whole));
  const before = JSON.stringify(altered);
  alter(altered);
  const text = JSON.stringify(altered, null, 2);
  if (JSON.stringify(altered) === before) {
    throw new Error(`${file}: nothing of it is as it was expected, so nothing could be altered`);
  }
  try {
    writeFileSync(file, text);
    return await work();
  } finally {
    writeFileSync(file, whole);
  }
}
