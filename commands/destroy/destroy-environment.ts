import type { StackName } from "../../stacks/order";
import { answer } from "../program/confirmed";
import { AlreadyReported, Refusal } from "../program/errors";
import { printHeading, printLine } from "../program/print";
import type { Surroundings } from "../program/surroundings";
import type { writeStacks } from "../synth/synthesize";
import type { TerraformMessage } from "../terraform/messages";
import { followSchedule, reversed } from "../terraform/schedule";
import { Session } from "../terraform/session";
import { type SynthesizedStack, standingOn } from "../terraform/stacks";
import type { State } from "../terraform/state";
import { lossesOf, protections } from "./losses";
import { stacksToDestroy } from "./stacks-to-destroy";

export interface DestroyOptions {
  /** Ask nobody. */
  readonly yes: boolean;
  /** Say what would be lost, and destroy nothing. */
  readonly plan: boolean;
  /** The last stack to destroy. Undefined: all of them. */
  readonly until: StackName | undefined;
}

/** Something would be destroyed. */
const wouldDestroy = 2;

/**
 * Destroys the stacks of an environment, each after those that stand on it.
 *
 * @throws Refusal where something is left
 */
export async function destroyEnvironment(
  surroundings: Surroundings,
  environment: string,
  { yes, plan, until }: DestroyOptions,
  synthesizer: typeof writeStacks,
): Promise<void> {
  const { input, output } = surroundings;
  if (!yes && !plan && input.isTTY !== true) {
    throw new Refusal(
      "nobody is there to be asked, for standard input is no terminal; add --yes, or --plan to look only",
    );
  }
  const all = await stacksToDestroy(surroundings, environment, synthesizer);
  const session = new Session(surroundings, until === undefined ? all : standingOn(all, until));
  try {
    const states = await session.states();
    const standing = session.stacks.filter(({ id }) => (states.get(id)?.resources.length ?? 0) > 0);
    if (standing.length === 0) return printLine(output, `${environment}: nothing is there to destroy`);
    printLosses(surroundings, environment, standing, states);
    if (plan) throw new AlreadyReported(wouldDestroy);
    refuseProtected(states);
    if (!yes) await askForName(surroundings, session, environment);
    const left = await destroyStacks(session, standing);
    if (left.length > 0) {
      const why = session.signal.aborted
        ? "interrupted, and no lock is left"
        : "the reason is above; docs/recovery.md has more";
      throw new Refusal(`not destroyed: ${left.join(", ")}; ${why}. Call the same again to go on`);
    }
    printLine(output, `${environment}: destroyed`);
  } finally {
    session.close();
  }
}

function printLosses(
  { output }: Surroundings,
  environment: string,
  stacks: readonly SynthesizedStack[],
  states: ReadonlyMap<string, State>,
): void {
  printHeading(output, `\nWhat is lost with ${environment}:`);
  for (const { id } of [...stacks].reverse()) {
    const state = states.get(id);
    const { count, named } = state === undefined ? { count: 0, named: [] } : lossesOf(state);
    printLine(
      output,
      `${id}: ${count} ${count === 1 ? "thing" : "things"} that Terraform made${named.length > 0 ? ", among them" : ""}`,
    );
    for (const line of named) printLine(output, `  - ${line}`);
  }
}

/** @throws Refusal before anything is destroyed, where AWS would refuse in the middle */
function refuseProtected(states: ReadonlyMap<string, State>): void {
  const found = [...states.values()].flatMap(protections);
  if (found.length > 0) throw new Refusal(`nothing was destroyed: ${found.join("; ")}`);
}

async function askForName(surroundings: Surroundings, session: Session, environment: string): Promise<void> {
  const question = `\nNone of it comes back. Write the environment's name to destroy it: `;
  if ((await answer(surroundings, question, session.signal)) !== environment) {
    throw new Refusal(`nothing was destroyed; write ${environment}, or add --yes, to destroy what is listed above`);
  }
}

async function destroyStacks(session: Session, stacks: readonly SynthesizedStack[]): Promise<readonly string[]> {
  const steps = reversed(session.steps).filter(({ id }) => stacks.some((stack) => stack.id === id));
  return followSchedule(
    steps,
    async (id) => !session.signal.aborted && destroyStack(session, session.stack(id)),
    (id, missing) => session.lines.tell(id, `left, for ${missing.join(", ")} still stands on it`),
  );
}

const destroy = ["destroy", "-auto-approve"];

/** Nothing was begun, for something that Terraform only reads, such as a load balancer, was gone already. */
function readsWhatIsGone(messages: readonly TerraformMessage[]): boolean {
  const errors = messages.flatMap((message) =>
    message.type === "diagnostic" && message.diagnostic.severity === "error" ? [message.diagnostic] : [],
  );
  // Of what is read Terraform says so too.
  const begun = messages.some((message) => message.type === "apply_start" && message.hook.action !== "read");
  return !begun && errors.length > 0 && errors.every(({ address = "" }) => address.startsWith("data."));
}

async function destroyStack(session: Session, stack: SynthesizedStack): Promise<boolean> {
  return session.change(stack, "destroys", destroy, {
    again: ({ messages }) => (readsWhatIsGone(messages) ? [...destroy, "-refresh=false"] : undefined),
    done: ({ messages }) => {
      const summary = messages.findLast((message) => message.type === "change_summary");
      return `${summary?.type === "change_summary" ? summary.changes.remove : "all"} destroyed`;
    },
  });
}
