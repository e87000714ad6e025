/** How a command ends, for scripts. This is the one list; every `--help` ends with it. */
export const exitCodes = {
  done: { code: 0, means: "done" },
  failed: { code: 1, means: "refused or failed; standard error says why" },
  wrongCall: { code: 2, means: "wrong call: a command, an option or an environment that does not exist" },
} as const;
