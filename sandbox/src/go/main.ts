import { buildPrograms } from "../kubernetes/programs";

buildPrograms({ log: (line) => process.stderr.write(`${line}\n`) }).then(
  (programs) => process.stdout.write(`${programs.folder}\n`),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
