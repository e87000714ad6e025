import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { Refusal } from "../program/errors";
import type { SynthesizedStack } from "../terraform/stacks";
import type { Plan } from "./plan";

const savedSchema = z.object({
  environment: z.string(),
  /** In which direction the plans are applied: what goes starts with the last stack. */
  pass: z.enum(["removals", "changes"]),
  plans: z.array(
    z.object({
      stack: z.string(),
      file: z.string(),
      /** Of the JSON that was planned. */
      fingerprint: z.string(),
      changes: z.array(z.object({ address: z.string(), action: z.string() })),
      applied: z.boolean(),
    }),
  ),
  /** Stacks whose plan depends on what these change. */
  later: z.array(z.string()),
});

/** Plans that somebody has read, to be applied exactly as they are. */
export type SavedPlans = z.infer<typeof savedSchema>;

const index = "plans.json";

/**
 * Keeps plans in a folder, which only its owner may read: a plan can hold secrets.
 *
 * @throws Refusal where something else lies in that folder
 */
export function savePlans(
  folder: string,
  plans: readonly Plan[],
  { environment, pass, later }: Pick<SavedPlans, "environment" | "pass" | "later">,
): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const names = readdirSync(folder);
  if (names.length > 0 && !names.includes(index)) {
    throw new Refusal(`${folder} holds something else than plans; give --out a folder that is empty or new`);
  }
  for (const name of names.filter((one) => one === index || one.endsWith(".tfplan"))) rmSync(join(folder, name));
  const saved: SavedPlans = {
    environment,
    pass,
    plans: plans.map(({ stack, file, changes }) => {
      const name = `${stack.id}.tfplan`;
      copyFileSync(file, join(folder, name));
      return { stack: stack.id, file: name, fingerprint: stack.fingerprint, changes: [...changes], applied: false };
    }),
    later: [...later],
  };
  write(folder, saved);
}

/** @throws Refusal where there are none, they are another environment's, or what was planned is no longer what is there */
export function readPlans(folder: string, environment: string, stacks: readonly SynthesizedStack[]): SavedPlans {
  const file = join(folder, index);
  const again = `foundry apply ${environment} --out ${folder} plans again`;
  if (!existsSync(file)) throw new Refusal(`${folder} holds no plans; ${again}`);
  const saved = savedSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  if (saved.environment !== environment) {
    throw new Refusal(`${folder} holds plans of ${saved.environment}, not of ${environment}; ${again}`);
  }
  const changed = saved.plans
    .filter(({ stack, fingerprint }) => stacks.find(({ id }) => id === stack)?.fingerprint !== fingerprint)
    .map(({ stack }) => stack);
  if (changed.length > 0) {
    throw new Refusal(
      `${changed.join(", ")}: what synth writes is no longer what was planned, so these plans are of another version; ` +
        `apply them from the commit that they were made from, or ${again}`,
    );
  }
  return saved;
}

/** Notes that a plan is applied, so that the others can be taken up again after a failure. */
export function markApplied(folder: string, saved: SavedPlans, stack: string): SavedPlans {
  const plans = saved.plans.map((plan) => (plan.stack === stack ? { ...plan, applied: true } : plan));
  const marked = { ...saved, plans };
  write(folder, marked);
  return marked;
}

function write(folder: string, saved: SavedPlans): void {
  writeFileSync(join(folder, index), `${JSON.stringify(saved, null, 2)}\n`, { mode: 0o600 });
}
