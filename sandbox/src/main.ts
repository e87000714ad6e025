import { runCommandLine } from "./command-line";
import { existingSandboxes } from "./folder";
import { environmentNames } from "./names";
import { projectRoot } from "./synthesize";

/** Ctrl-C and its kin. */
const interrupted = new AbortController();

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => interrupted.abort());
}

// Whoever reads may have read enough, as `head` has.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") {
    throw error;
  }
  process.exit();
});

/** What does the work takes a moment to load, which nobody should wait for to read a help text. */
const actions = async () => (await import("./commands.js")).sandboxActions(interrupted.signal);

const known = {
  environments: (project: string | undefined) => environmentNames(project ?? projectRoot),
  sandboxes: existingSandboxes,
};

runCommandLine(process.argv.slice(2), actions, known).then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
