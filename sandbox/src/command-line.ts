import { parseArgs } from "node:util";

/** What was asked for on the command line. */
export type Command =
  | {
      readonly kind: "up";
      readonly environment: string;
      readonly name: string;
      /** Leave the sandbox running when an apply fails. */
      readonly keep: boolean;
      /** Root of another checkout of the project, to apply that one's stacks. */
      readonly project: string | undefined;
    }
  | {
      readonly kind: "destroy";
      readonly environment: string;
      readonly name: string;
      readonly stacks: readonly string[];
    }
  | { readonly kind: "status"; readonly name: string | undefined }
  | { readonly kind: "down"; readonly name: string | undefined }
  | { readonly kind: "help" };

export const usage = `npm run sandbox -- <command>

  up <environment>                 start AWS and Kubernetes on this machine, apply the four stacks
  status [<environment>]           what runs, what is applied, what is real
  destroy <environment> [<stack>]  destroy the stacks in reverse, or one of them
  down [<environment>]             end a sandbox, or all that a crash left, and remove what they made

  --name <name>   a sandbox of another name than its environment, to run two of one side by side
  --keep          with up: leave the sandbox running when an apply fails
  --project <folder>  with up: apply the stacks of another checkout of the project

  SANDBOX_CHARTS=<folder>          packaged charts; otherwise their own addresses, otherwise stand-ins
  SANDBOX_CONTROLLERS=<folder>     the controllers' own programs, to run instead of nothing`;

/** @throws Error with what to write instead */
export function parseCommand(args: readonly string[]): Command {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      name: { type: "string" },
      keep: { type: "boolean", default: false },
      project: { type: "string" },
      help: { type: "boolean" },
    },
  });
  const [kind, environment, ...rest] = positionals;
  const name = values.name ?? environment;
  if (values.help || kind === undefined || kind === "help") {
    return { kind: "help" };
  }
  if (!isKind(kind)) {
    throw new Error(`sandbox: there is no command ${JSON.stringify(kind)}. These are known:\n\n${usage}`);
  }
  const surplus = [
    ...(kind === "destroy" ? [] : rest),
    ...(kind !== "up" && values.keep ? ["--keep"] : []),
    ...(kind !== "up" && values.project !== undefined ? ["--project"] : []),
  ];
  if (surplus.length > 0) {
    throw new Error(`sandbox: ${kind} has no use for ${surplus.join(" ")}. Leave that out:\n\n${usage}`);
  }
  if (kind === "status" || kind === "down") {
    return { kind, name };
  }
  if (environment === undefined || name === undefined) {
    throw new Error(`sandbox: ${kind} is for one environment. Name it, as in: npm run sandbox -- ${kind} dev`);
  }
  return kind === "up"
    ? { kind, environment, name, keep: values.keep, project: values.project }
    : { kind, environment, name, stacks: rest.map((stack) => stackId(environment, stack)) };
}

const kinds = ["up", "destroy", "status", "down"] as const;

function isKind(text: string): text is (typeof kinds)[number] {
  return kinds.some((kind) => kind === text);
}

/** A stack may be called by its whole id, or without the environment's name. */
function stackId(environment: string, stack: string): string {
  return stack.startsWith(`${environment}-`) ? stack : `${environment}-${stack}`;
}
