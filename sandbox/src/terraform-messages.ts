import { z } from "zod";

const hook = z.looseObject({
  action: z.string(),
  resource: z.looseObject({ addr: z.string() }),
  id_value: z.string().optional(),
});
const count = z.number().default(0);

/**
 * A message that Terraform and OpenTofu print with `-json`, one to a line, of the types that are read here.
 *
 * @see https://developer.hashicorp.com/terraform/internals/machine-readable-ui
 */
const messageSchema = z.discriminatedUnion("type", [
  z.looseObject({
    type: z.literal("diagnostic"),
    diagnostic: z.looseObject({
      severity: z.enum(["error", "warning"]),
      summary: z.string(),
      detail: z.string().default(""),
      address: z.string().optional(),
    }),
  }),
  z.looseObject({
    type: z.literal("change_summary"),
    changes: z.looseObject({ operation: z.string(), import: count, add: count, change: count, remove: count }),
  }),
  z.looseObject({
    type: z.literal("planned_change"),
    change: z.looseObject({ action: z.string(), resource: z.looseObject({ addr: z.string() }) }),
  }),
  z.looseObject({ type: z.literal("apply_start"), hook }),
  z.looseObject({ type: z.literal("apply_complete"), hook }),
  z.looseObject({ type: z.literal("apply_errored"), hook }),
]);

export type TerraformMessage = z.infer<typeof messageSchema>;

/** The messages of an output that are read here. Plugins and wrappers may write lines of their own between them. */
export function terraformMessages(output: string): readonly TerraformMessage[] {
  return jsonLines(output).flatMap((line) => messageSchema.safeParse(line).data ?? []);
}

/** An output as a person would have read it: the texts of its messages, and its other lines as they are. */
export function readableOutput(output: string): string {
  const lines = output.split("\n").map((line) => textSchema.safeParse(parseJson(line)).data?.["@message"] ?? line);
  return lines.join("\n").trim();
}

/** Every error, each with its resource and its detail. Empty when there is none. */
export function errorsOf(output: string): string {
  return errors(output)
    .map(({ summary, detail, address }) =>
      [`Error: ${summary}`, ...(address === undefined ? [] : [`  with ${address}`]), detail.trim()]
        .filter((part) => part !== "")
        .join("\n\n"),
    )
    .join("\n\n");
}

/** What an apply or destroy changed, for example `50 added`; undefined when it did not come that far. */
export function countsOf(output: string): string | undefined {
  const summary = terraformMessages(output).findLast(
    (message) => message.type === "change_summary" && message.changes.operation !== "plan",
  );
  if (summary?.type !== "change_summary") {
    return undefined;
  }
  const { changes } = summary;
  const counts = [
    [changes.import, "imported"],
    [changes.add, "added"],
    [changes.change, "changed"],
    [changes.remove, "destroyed"],
  ] as const;
  const made = counts.filter(([number]) => number > 0).map(([number, what]) => `${number} ${what}`);
  return made.join(", ") || "no changes";
}

/** Addresses of the resources that an apply or destroy is working on, the longest first. */
export function underWay(output: string): readonly string[] {
  const addresses = new Set<string>();
  for (const message of terraformMessages(output)) {
    if (message.type === "apply_start") {
      addresses.add(message.hook.resource.addr);
    } else if (message.type === "apply_complete" || message.type === "apply_errored") {
      addresses.delete(message.hook.resource.addr);
    }
  }
  return [...addresses];
}

/** Why `init` could not get a plugin; undefined when that was not the trouble. Which plugin it is, only the detail says. */
export function missingPlugin(output: string): string | undefined {
  for (const { detail } of errors(output)) {
    const text = detail.replaceAll(/\s+/g, " ").trim();
    const match =
      /(?:versions for|resolve) provider (\S+): (.*?)(?= To see| Did you|$)/.exec(text) ??
      /Error while installing (\S+ \S+): (.*)/.exec(text);
    if (match !== null) {
      return `plugin ${match[1]} cannot be had: ${match[2]}`;
    }
  }
  return undefined;
}

const textSchema = z.looseObject({ "@message": z.string() });

function errors(output: string) {
  return terraformMessages(output).flatMap((message) =>
    message.type === "diagnostic" && message.diagnostic.severity === "error" ? [message.diagnostic] : [],
  );
}

const jsonLines = (output: string) => output.split("\n").map(parseJson);

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
