import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type StackJson, type SynthesizedStack, stackJson } from "@ingress-foundry/sandbox/synthesized";
import type { Sandbox } from "@ingress-foundry/sandbox/up";
import { z } from "zod";
import { Lane } from "../lane";
import { passed } from "../plans";
import { NotRun, Results } from "../results";
import { secondPlanIsEmpty } from "./applied";
import { customResourcesAreAccepted, releaseOfManifests, valuesOf } from "./custom-resources";

/** Something broken on purpose, and the scenario that has to notice. */
interface Breakage {
  readonly what: string;
  /** Says whether a stack can be broken in this way. */
  readonly fits: (json: StackJson) => boolean;
  /**
   * @param consumers the stacks that read the stack's contract, as far as they can be planned here
   * @returns what the failure has to speak of
   */
  readonly breakIt: (json: StackJson, consumers: readonly SynthesizedStack[]) => RegExp;
  /** Runs the scenario that has to fail. */
  readonly notice: (
    lane: Lane,
    sandbox: Sandbox,
    stack: SynthesizedStack,
    consumers: readonly SynthesizedStack[],
  ) => Promise<void>;
}

const manifestsSchema = z.looseObject({ manifests: z.array(z.looseObject({ spec: z.looseObject({}) })).min(1) });

const breakages: readonly Breakage[] = [
  {
    what: "an argument that the provider refuses",
    fits: ({ resource }) => resource["aws_vpc"] !== undefined,
    breakIt: ({ resource }) => {
      Object.assign(Object.values(resource["aws_vpc"] ?? {})[0] ?? {}, { instance_tenancy: "on-the-moon" });
      return /instance_tenancy[\s\S]*on-the-moon/;
    },
    notice: async (lane, { runs }, stack) => lane.need("apply", stack.id, async () => passed(await runs.apply(stack))),
  },
  {
    what: "a custom resource with a field that does not exist",
    fits: (json) => json.output["doors"] !== undefined && releaseOfManifests(json) !== undefined,
    breakIt: (json) => {
      const release = releaseOfManifests(json);
      const values = manifestsSchema.parse(JSON.parse(valuesOf(release)));
      Object.assign(values.manifests[0]?.spec ?? {}, { noSuchField: true });
      Object.assign(release ?? {}, { values: [JSON.stringify(values)] });
      return /noSuchField/;
    },
    notice: async (lane, sandbox, stack) => {
      await lane.need("apply", stack.id, async () => passed(await sandbox.runs.apply(stack)));
      await customResourcesAreAccepted(lane, sandbox, stack);
    },
  },
  {
    what: "a contract without one of its outputs",
    fits: ({ resource }) => resource["aws_eks_cluster"] !== undefined,
    breakIt: (json, consumers) => {
      const output = consumers.flatMap((consumer) => outputsRead(consumer, "cluster"))[0];
      if (output === undefined || json.output[output] === undefined) {
        throw new NotRun("no stack that reads this contract can be planned");
      }
      delete json.output[output];
      return new RegExp(`\\b${output}\\b`);
    },
    notice: async (lane, sandbox, stack, consumers) => {
      await lane.need("apply", stack.id, async () => passed(await sandbox.runs.apply(stack)));
      for (const consumer of consumers) {
        await secondPlanIsEmpty(lane, sandbox, consumer);
      }
    },
  },
];

/** The tests of the tests: each thing broken on purpose makes the scenario fail that is there for it. */
export async function breakagesAreNoticed(lane: Lane, sandbox: Sandbox): Promise<void> {
  for (const breakage of breakages) {
    const stack = sandbox.stacks.find(({ json }) => breakage.fits(json));
    await lane.check(`noticed: ${breakage.what}`, stack?.id ?? "", async () => {
      if (stack === undefined) {
        throw new NotRun(`${sandbox.plan.environment} has nothing that can be broken in this way`);
      }
      const consumers = sandbox.stacks.filter(
        ({ id, dependencies }) => dependencies.includes(stack.id) && lane.runs(id),
      );
      await isNoticed(sandbox, stack, consumers, breakage);
      return undefined;
    });
  }
}

async function isNoticed(
  sandbox: Sandbox,
  stack: SynthesizedStack,
  consumers: readonly SynthesizedStack[],
  breakage: Breakage,
): Promise<void> {
  const file = join(stack.folder, "cdk.tf.json");
  const whole = readFileSync(file, "utf8");
  const inner = new Results(() => undefined);
  const broken = stackJson.parse(JSON.parse(whole));
  const failure = breakage.breakIt(broken, consumers);
  try {
    writeFileSync(file, JSON.stringify(broken, null, 2));
    await breakage.notice(new Lane(inner, new AbortController().signal), sandbox, stack, consumers);
  } finally {
    writeFileSync(file, whole);
  }
  passed(await sandbox.runs.apply(stack));
  const failures = inner.rows.flatMap(({ outcome }) => (outcome.kind === "failed" ? [outcome.reason] : []));
  if (inner.passed || !failures.some((reason) => failure.test(reason))) {
    throw new Error(`nobody noticed ${breakage.what}:\n${inner.table()}\n${failures.join("\n")}`);
  }
}

/** Outputs of a producer that a stack reads. */
function outputsRead({ json }: SynthesizedStack, producer: string): readonly string[] {
  const reference = new RegExp(`data\\.terraform_remote_state\\.${producer}\\.outputs\\.(\\w+)`, "g");
  return [...JSON.stringify(json).matchAll(reference)].flatMap(([, output]) => output ?? []);
}
