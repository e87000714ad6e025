import { Refusal } from "../program/errors";
import { printHeading, printLine } from "../program/print";
import type { Surroundings } from "../program/surroundings";
import type { RunResult } from "../terraform/runs";
import type { Session } from "../terraform/session";
import type { SynthesizedStack } from "../terraform/stacks";
import type { State } from "../terraform/state";
import { changeLines, countsText, losses, type Plan, planStack } from "./plan";
import { goneFrom, removals } from "./removals";

/** What is known of a stack before anything is changed. */
export type Outlook =
  | { readonly kind: "planned"; readonly plan: Plan }
  /** It reads what is not there yet, or is about to change. */
  | { readonly kind: "later"; readonly because: string };

/** Everything that is known of an environment before anything is changed. */
export class Overview {
  private constructor(
    readonly states: ReadonlyMap<string, State>,
    readonly outlooks: ReadonlyMap<string, Outlook>,
    /** What goes before anything else, by stack. */
    readonly removals: ReadonlyMap<string, readonly string[]>,
  ) {}

  /**
   * Plans whatever can be planned, side by side: plans change nothing.
   *
   * @throws Refusal where a stack cannot be planned that reads nothing which is about to change
   */
  static async of(session: Session): Promise<Overview> {
    const states = await session.states();
    const tried = await Promise.all(
      session.stacks.map(async (stack) => [stack, await tryToPlan(session, states, stack)] as const),
    );
    session.stopWhereInterrupted();
    const outlooks = new Map<string, Outlook>();
    const failed: string[] = [];
    for (const [stack, outcome] of tried) {
      if (outcome.kind !== "failed") {
        outlooks.set(stack.id, outcome);
        continue;
      }
      const before = stack.producers.find((id) => changes(outlooks.get(id)));
      if (before !== undefined) outlooks.set(stack.id, { kind: "later", because: `${before} is changed` });
      else {
        session.lines.tell(stack.id, `cannot be planned`);
        session.failed(outcome.result);
        failed.push(stack.id);
      }
    }
    if (failed.length > 0) throw new Refusal(`not planned: ${failed.join(", ")}; nothing was changed`);
    return new Overview(states, outlooks, removals(session.stacks, states));
  }

  get changes(): boolean {
    return [...this.outlooks.values()].some(changes);
  }

  /** The plans that can be applied as they are: nothing before them changes what they read. */
  get exact(): readonly Plan[] {
    return [...this.outlooks].flatMap(([id, outlook]) =>
      outlook.kind === "planned" && this.isExact(id) ? [outlook.plan] : [],
    );
  }

  isExact(id: string): boolean {
    const outlook = this.outlooks.get(id);
    if (outlook?.kind !== "planned" || this.removals.size > 0) return false;
    return outlook.plan.stack.producers.every((producer) => {
      const before = this.outlooks.get(producer);
      return before?.kind === "planned" && !before.plan.outputsChange;
    });
  }

  /** @throws Refusal where something goes of a stack, while others that may stand on it are left as they are */
  refuseRemovals(stacks: readonly SynthesizedStack[]): void {
    const going = stacks.filter((stack) => goneFrom(stack, this.states.get(stack.id)).length > 0);
    if (going.length === 0) return;
    throw new Refusal(
      `something goes of ${going.map(({ id }) => id).join(", ")}, and what stands on it has to go before; apply without --until`,
    );
  }

  /** Addresses that a reader has seen to go or to be replaced, by stack. */
  lossesOf({ id }: SynthesizedStack): ReadonlySet<string> {
    const outlook = this.outlooks.get(id);
    const planned = outlook?.kind === "planned" ? losses(outlook.plan.changes).map(({ address }) => address) : [];
    return new Set([...planned, ...(this.removals.get(id) ?? [])]);
  }

  print({ output }: Pick<Surroundings, "output">, environment: string, all: boolean): void {
    printHeading(output, `\nWhat would change in ${environment}:`);
    const width = Math.max(...[...this.outlooks.keys()].map(({ length }) => length));
    for (const [id, outlook] of this.outlooks) {
      printLine(output, `${id.padEnd(width)}  ${outlookText(outlook)}`);
      if (outlook.kind === "planned")
        for (const line of changeLines(outlook.plan.changes, all)) printLine(output, line);
    }
    if (this.removals.size > 0) {
      const parts = [...this.removals].reverse().map(([id, addresses]) => `${addresses.length} of ${id}`);
      printLine(
        output,
        `Two passes: first what goes, from the last stack back (${parts.join(", ")}), so that controllers take away ` +
          "what they made while they still run; then the rest.",
      );
      for (const [id, addresses] of this.removals) {
        if (this.outlooks.get(id)?.kind === "later")
          for (const address of addresses) printLine(output, `    - ${address}`);
      }
    }
  }
}

type Tried = Outlook | { readonly kind: "failed"; readonly result: RunResult };

async function tryToPlan(
  session: Session,
  states: ReadonlyMap<string, State>,
  stack: SynthesizedStack,
): Promise<Tried> {
  const missing = stack.producers.find((id) => states.get(id)?.published !== true);
  if (missing !== undefined) return { kind: "later", because: `${missing} is there` };
  session.lines.begin(stack.id, "plans");
  try {
    return await planStack(session, stack);
  } finally {
    session.lines.end(stack.id, undefined);
  }
}

function changes(outlook: Outlook | undefined): boolean {
  return outlook?.kind === "later" || (outlook?.kind === "planned" && !outlook.plan.empty);
}

function outlookText(outlook: Outlook): string {
  if (outlook.kind === "later") return `planned once ${outlook.because}`;
  return outlook.plan.empty ? "unchanged" : countsText(outlook.plan.changes);
}
