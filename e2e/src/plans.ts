import type { Outcome, StackOptions, StackRuns } from "@ingress-foundry/sandbox/stack-runs";
import type { SynthesizedStack } from "@ingress-foundry/sandbox/synthesized";
import { errorsOf, readableOutput } from "@ingress-foundry/sandbox/terraform-messages";
import { z } from "zod";
import { NotRun } from "./results";

const change = z.looseObject({
  address: z.string(),
  type: z.string(),
  change: z.looseObject({ actions: z.array(z.string()), before: z.unknown(), after: z.unknown() }),
});
const planSchema = z.looseObject({
  resource_changes: z.array(change).default([]),
  output_changes: z.record(z.string(), z.looseObject({ actions: z.array(z.string()) })).default({}),
});
const valuesSchema = z.looseObject({
  values: z
    .looseObject({
      root_module: z.looseObject({
        resources: z
          .array(
            z.looseObject({
              address: z.string(),
              mode: z.enum(["managed", "data"]),
              type: z.string(),
              name: z.string(),
              values: z.record(z.string(), z.unknown()),
            }),
          )
          .default([]),
      }),
    })
    .optional(),
});

/** A change that a plan would make. */
export type PlannedChange = z.infer<typeof change>;

/** A resource or data source of a state, with its attributes. */
export type StateResource = NonNullable<z.infer<typeof valuesSchema>["values"]>["root_module"]["resources"][number];

/** @throws NotRun or Error unless the outcome is passed */
export function passed(outcome: Outcome): string {
  switch (outcome.kind) {
    case "passed":
      return outcome.detail;
    case "failed":
      throw new Error(outcome.reason);
    case "not run":
      throw new NotRun(outcome.reason);
    default:
      return unknownOutcome(outcome);
  }
}

/** What a plan would change, outputs included; reading is no change. Saved as `e2e.tfplan` in the stack's folder. */
export async function plannedChanges(
  runs: StackRuns,
  stack: SynthesizedStack,
  options: StackOptions = {},
): Promise<readonly PlannedChange[]> {
  const planned = await runs.run(stack, "plan", ["-input=false", "-json", "-out=e2e.tfplan"], options);
  if (planned.exitCode !== 0) {
    throw new Error(errorsOf(planned.output) || readableOutput(planned.output));
  }
  const shown = await runs.run(stack, "show", ["-json", "-no-color", "e2e.tfplan"]);
  const { resource_changes, output_changes } = planSchema.parse(jsonLine(shown.output));
  const isChange = ({ actions }: { readonly actions: readonly string[] }) =>
    actions.some((action) => action !== "no-op" && action !== "read");
  return [
    ...resource_changes.filter((each) => isChange(each.change)),
    ...Object.entries(output_changes)
      .filter(([, output]) => isChange(output))
      .map(([name, { actions }]) => ({
        address: `output.${name}`,
        type: "output",
        change: { actions, before: undefined, after: undefined },
      })),
  ];
}

/** Every resource and data source in a stack's state. */
export async function stateResources(runs: StackRuns, stack: SynthesizedStack): Promise<readonly StateResource[]> {
  const shown = await runs.run(stack, "show", ["-json", "-no-color"]);
  return valuesSchema.parse(jsonLine(shown.output)).values?.root_module.resources ?? [];
}

/** A change as a plan's reader would say it, for example `update aws_vpc.network`. */
export function changeText({ address, change: { actions } }: PlannedChange): string {
  return `${actions.length > 1 ? "replace" : actions[0]} ${address}`;
}

/** Terraform prints warnings of its configuration before the document. */
function jsonLine(output: string): unknown {
  const line = output.split("\n").find((each) => each.startsWith("{"));
  if (line === undefined) {
    throw new Error(`Terraform printed no JSON:\n${output}`);
  }
  return JSON.parse(line);
}

function unknownOutcome(outcome: never): never {
  throw new Error(`no result for ${JSON.stringify(outcome)}`);
}
