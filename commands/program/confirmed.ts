import { createInterface } from "node:readline/promises";
import type { Surroundings } from "./surroundings";

type Asking = Pick<Surroundings, "input" | "output">;

/** Asks a question of yes or no. An input that ends without an answer is a no. */
export async function confirmed(surroundings: Asking, question: string, signal?: AbortSignal): Promise<boolean> {
  return (await answer(surroundings, `${question} yes/no `, signal)).toLowerCase() === "yes";
}

/** Asks for a line; empty where the input ends or the question is interrupted before there is one. */
export async function answer({ input, output }: Asking, question: string, signal?: AbortSignal): Promise<string> {
  output.write(question);
  // One that has ended tells nobody so a second time.
  if (input.readableEnded || input.destroyed) return "";
  const terminal = createInterface({ input });
  const ended = new Promise<string>((resolve) => terminal.once("close", () => resolve("")));
  const answered = new Promise<string>((resolve) => terminal.once("line", resolve));
  const close = () => terminal.close();
  signal?.addEventListener("abort", close, { once: true });
  if (signal?.aborted === true) close();
  const answer = await Promise.race([answered, ended]);
  signal?.removeEventListener("abort", close);
  terminal.close();
  return answer.trim();
}
