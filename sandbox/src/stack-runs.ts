import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { stackProduct } from "./aws/recording/recording";
import type { SandboxFolder } from "./folder";
import type { KeeperRecord } from "./keeper-record";
import { programEnvironment } from "./program-environment";
import type { SynthesizedStack } from "./synthesized";
import {
  type RunOptions,
  runTerraform,
  type TerraformContext,
  type TerraformResult,
  terraformProgram,
} from "./terraform";
import { countsOf, errorsOf, missingPlugin, readableOutput, underWay } from "./terraform-messages";

/** What became of something that was to be run. Only `passed` is a success. */
export type Outcome =
  | { readonly kind: "passed"; readonly detail: string }
  | { readonly kind: "failed"; readonly reason: string }
  | { readonly kind: "not run"; readonly reason: string };

/** Arguments of an apply or destroy that asks nobody. */
export const unattended = ["-input=false", "-json", "-auto-approve"];

/** Terraform unpacks plugins into the folder that all sandboxes share without locking it: one after the other. */
let initializing: Promise<unknown> = Promise.resolve();

export type StackOptions = Omit<RunOptions, "log">;

/** Runs Terraform on the stacks of a sandbox, with nothing changed but the environment. */
export class StackRuns {
  readonly context: TerraformContext;
  private readonly runs = new Map<string, number>();

  constructor(
    private readonly folder: SandboxFolder,
    keeper: KeeperRecord,
  ) {
    this.context = { program: terraformProgram(), environment: programEnvironment(folder, keeper) };
  }

  /** `terraform init`; not run where a plugin cannot be had. */
  async init(stack: SynthesizedStack, options: StackOptions = {}): Promise<Outcome> {
    const running = initializing.then(() => this.run(stack, "init", ["-input=false", "-json"], options));
    initializing = running.then(
      () => undefined,
      () => undefined,
    );
    const result = await running;
    const missing = result.exitCode === 0 ? undefined : missingPlugin(result.output);
    return missing === undefined ? outcomeOf(result, "initialized") : { kind: "not run", reason: missing };
  }

  async apply(stack: SynthesizedStack, options: StackOptions = {}): Promise<Outcome> {
    const result = await this.run(stack, "apply", unattended, options);
    return outcomeOf(result, countsOf(result.output) ?? "applied");
  }

  async destroy(stack: SynthesizedStack, options: StackOptions = {}): Promise<Outcome> {
    const result = await this.run(stack, "destroy", unattended, options);
    return outcomeOf(result, countsOf(result.output) ?? "destroyed");
  }

  /** Any other command, with its output. */
  async run(
    stack: SynthesizedStack,
    command: string,
    args: readonly string[],
    options: StackOptions = {},
  ): Promise<TerraformResult> {
    const key = `${stack.id}-${command}`;
    this.runs.set(key, (this.runs.get(key) ?? 0) + 1);
    const log = this.logOf(stack, command);
    // Both the AWS provider and the S3 backend add it to what they call themselves.
    const environment = { TF_APPEND_USER_AGENT: `${stackProduct}${stack.id}`, ...options.environment };
    return runTerraform(this.context, stack.folder, [command, ...args], { ...options, environment, log });
  }

  /** Addresses of the resources that the stack's last apply or destroy has not finished. */
  underWay(stack: SynthesizedStack, command: "apply" | "destroy"): readonly string[] {
    const log = this.logOf(stack, command);
    return existsSync(log) ? underWay(readFileSync(log, "utf8")) : [];
  }

  /** File with the output of the last run of a command. */
  logOf(stack: SynthesizedStack, command: string): string {
    const key = `${stack.id}-${command}`;
    return join(this.folder.logs, `${key}-${this.runs.get(key) ?? 0}.log`);
  }

  /** Output values of a stack; empty when it has none yet, or when it was destroyed. Of a local state its file says them. */
  async outputs(stack: SynthesizedStack): Promise<Readonly<Record<string, unknown>>> {
    const local = localState(stack);
    if (local !== undefined) {
      return Object.fromEntries(Object.entries(local.outputs).map(([name, { value }]) => [name, value]));
    }
    const { exitCode, output } = await this.run(stack, "output", ["-json", "-no-color"]);
    if (exitCode !== 0) {
      return {};
    }
    const values: Record<string, { readonly value: unknown }> = JSON.parse(output.slice(output.indexOf("{")));
    return Object.fromEntries(Object.entries(values).map(([name, { value }]) => [name, value]));
  }
}

function outcomeOf(result: TerraformResult, detail: string): Outcome {
  if (result.exitCode === 0) {
    return { kind: "passed", detail };
  }
  const errors = errorsOf(result.output);
  return { kind: "failed", reason: errors || readableOutput(result.output).split("\n").slice(-20).join("\n") };
}

/** Whether a stack has anything in its state. Of states that are not local files Terraform has to be asked. */
export async function holdsResources(runs: StackRuns, stack: SynthesizedStack): Promise<boolean> {
  const local = localState(stack);
  if (local !== undefined) {
    return local.resources.some(({ mode }) => mode === "managed");
  }
  const { exitCode, output } = await runs.run(stack, "state", ["list"]);
  return exitCode === 0 && output.split("\n").some((line) => line !== "" && !line.startsWith("data."));
}

const stateSchema = z.looseObject({
  resources: z.array(z.looseObject({ mode: z.string() })).default([]),
  outputs: z.record(z.string(), z.looseObject({ value: z.unknown() })).default({}),
});

/** The state of a stack whose backend is a local file, empty where there is no such file; undefined of other backends. */
function localState(stack: SynthesizedStack): z.infer<typeof stateSchema> | undefined {
  const path = stack.json.terraform.backend?.["local"]?.["path"];
  if (typeof path !== "string") {
    return undefined;
  }
  const file = join(stack.folder, path);
  return stateSchema.parse(existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {});
}
