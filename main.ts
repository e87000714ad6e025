/** What the launcher loads: the command line for the thread that it was called in. */
export { start } from "./commands/foundry";

/** The same for the threads that synth starts. */
export async function work(): Promise<void> {
  const { work } = await import("./commands/synth/thread.js");
  work();
}
