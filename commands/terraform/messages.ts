import { z } from "zod";

const count = z.number().default(0);
const resource = z.looseObject({ addr: z.string() });
const hook = z.looseObject({ resource, action: z.string(), elapsed_seconds: z.number().optional() });

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
    change: z.looseObject({ resource, action: z.string() }),
  }),
  z.looseObject({
    type: z.literal("outputs"),
    outputs: z.record(z.string(), z.looseObject({ action: z.string().optional() })),
  }),
  z.looseObject({ type: z.literal("apply_start"), hook }),
  z.looseObject({ type: z.literal("apply_progress"), hook }),
  z.looseObject({ type: z.literal("apply_complete"), hook }),
  z.looseObject({ type: z.literal("apply_errored"), hook }),
]);

export type TerraformMessage = z.infer<typeof messageSchema>;

/** A line of an output as a message; undefined where it is of a type that nobody reads, or of somebody else. */
export function terraformMessage(line: string): TerraformMessage | undefined {
  return messageSchema.safeParse(parsed(line)).data;
}

/** Every error, each with its resource and its detail. */
export function errorsOf(messages: readonly TerraformMessage[]): readonly string[] {
  return messages.flatMap((message) => {
    if (message.type !== "diagnostic" || message.diagnostic.severity !== "error") return [];
    const { summary, detail, address } = message.diagnostic;
    const where = address === undefined ? "" : ` (${address})`;
    return [[`${summary}${where}`, detail.trim()].filter((part) => part !== "").join("\n")];
  });
}

const textSchema = z.looseObject({ "@message": z.string() });

/** An output as a person would have read it: the texts of its messages, and its other lines as they are. */
export function readableOutput(output: string): string {
  const lines = output.split("\n").map((line) => textSchema.safeParse(parsed(line)).data?.["@message"] ?? line);
  return lines.join("\n").trim();
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
