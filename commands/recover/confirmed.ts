import { createInterface } from "node:readline/promises";
import type { Surroundings } from "../program/surroundings";

/** Asks a question of yes or no. An input that ends without an answer is a no. */
export async function confirmed({ input, output }: Surroundings, question: string): Promise<boolean> {
  const terminal = createInterface({ input });
  const ended = new Promise<string>((resolve) => terminal.once("close", () => resolve("")));
  const answered = new Promise<string>((resolve) => terminal.once("line", resolve));
  output.write(`${question} yes/no `);
  const answer = await Promise.race([answered, ended]);
  terminal.close();
  return answer.trim().toLowerCase() === "yes";
}
