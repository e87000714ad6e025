import { confirmed } from "../program/confirmed";
import { Refusal } from "../program/errors";
import type { Surroundings } from "../program/surroundings";
import type { TerraformMessage } from "../terraform/messages";
import type { RunResult } from "../terraform/runs";
import { followSchedule, reversed } from "../terraform/schedule";
import type { Session } from "../terraform/session";
import type { SynthesizedStack } from "../terraform/stacks";
import type { Overview } from "./overview";
import { changeLines, countsText, losses, type Plan, planStack } from "./plan";
import { removalTargets } from "./removals";

export interface PassOptions {
  /** Destroy or replace what nobody was shown without asking. */
  readonly yes: boolean;
}

/** Destroys what goes, from the last stack back; returns the stacks where it did not. */
export async function applyRemovals(session: Session, overview: Overview): Promise<readonly string[]> {
  const steps = reversed(session.steps).filter(({ id }) => overview.removals.has(id));
  return followSchedule(
    steps,
    async (id) => {
      if (session.signal.aborted) return false;
      const stack = session.stack(id);
      const addresses = overview.removals.get(id) ?? [];
      const plan = await planned(session, stack, removalTargets(stack, addresses, overview.states.get(id)));
      if (plan === undefined) return false;
      const others = plan.changes.filter(({ address, action }) => action !== "delete" || !addresses.includes(address));
      const unexpected = others.filter(({ address }) => !stack.moved.some(({ to }) => to === address));
      if (unexpected.length > 0) {
        throw new Refusal(
          `what goes of ${id} cannot be destroyed alone, for Terraform would also\n${changeLines(unexpected, true).join("\n")}\n` +
            "Apply the change in two: first a commit that only removes, then the rest",
        );
      }
      return applyPlan(session, plan, "destroys what goes");
    },
    (id, missing) => session.lines.tell(id, `not begun, needs ${missing.join(", ")}`),
  );
}

/** Applies every stack after those that it reads; returns the stacks that are not applied. */
export async function applyChanges(
  surroundings: Surroundings,
  session: Session,
  overview: Overview,
  { yes }: PassOptions,
): Promise<readonly string[]> {
  return followSchedule(
    session.steps,
    async (id) => {
      if (session.signal.aborted) return false;
      const stack = session.stack(id);
      const shown = overview.outlooks.get(id);
      const exact = shown?.kind === "planned" && overview.isExact(id) ? shown.plan : undefined;
      const plan = exact ?? (await planned(session, stack));
      if (plan === undefined) return false;
      if (plan.empty) {
        if (exact === undefined) session.lines.tell(id, `unchanged`);
        return true;
      }
      if (!yes && !(await agreed(surroundings, session, overview, plan))) return false;
      return applyPlan(session, plan, "applies");
    },
    (id, missing) => session.lines.tell(id, `not begun, needs ${missing.join(", ")}`),
  );
}

async function planned(
  session: Session,
  stack: SynthesizedStack,
  targets: readonly string[] = [],
): Promise<Plan | undefined> {
  session.lines.begin(stack.id, "plans");
  const outcome = await planStack(session, stack, targets).finally(() => session.lines.end(stack.id, undefined));
  if (outcome.kind === "planned") return outcome.plan;
  session.lines.tell(stack.id, `${session.signal.aborted ? "interrupted" : "cannot be planned"}`);
  if (!session.signal.aborted) session.failed(outcome.result);
  return undefined;
}

/** Whether somebody agrees to losses that could not be shown before, because what comes before had to be there. */
async function agreed(
  surroundings: Surroundings,
  session: Session,
  overview: Overview,
  { stack, changes }: Plan,
): Promise<boolean> {
  const shown = overview.lossesOf(stack);
  const unseen = losses(changes).filter(({ address }) => !shown.has(address));
  if (unseen.length === 0) return true;
  session.lines.print([`${stack.id} would also, as is known only now:`, ...changeLines(unseen, true)].join("\n"));
  return confirmed(surroundings, "Go on?", session.signal);
}

/** Applies a plan exactly as it is. */
export async function applyPlan(session: Session, plan: Pick<Plan, "stack" | "file" | "changes">, phase: string) {
  const { stack, file, changes } = plan;
  // A replacement is one thing destroyed and one made.
  const expected = changes.length + changes.filter(({ action }) => action === "replace").length;
  return session.change(stack, phase, ["apply", file], {
    expected,
    done: ({ messages }) => countsOf(messages, changes),
  });
}

/** What an apply did, in Terraform's own counts, such as `50 made`. */
function countsOf(messages: RunResult["messages"], planned: Plan["changes"]): string {
  const summary = messages.findLast(isSummaryOfApply);
  if (summary?.type !== "change_summary") return countsText(planned);
  const { add, change, remove, import: taken } = summary.changes;
  const counts = [
    [taken, "taken over"],
    [add, "made"],
    [change, "changed"],
    [remove, "destroyed"],
  ] as const;
  return (
    counts
      .filter(([count]) => count > 0)
      .map(([count, what]) => `${count} ${what}`)
      .join(", ") || "outputs changed"
  );
}

const isSummaryOfApply = (message: TerraformMessage) =>
  message.type === "change_summary" && message.changes.operation !== "plan";
