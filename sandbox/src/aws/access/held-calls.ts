import { type Decision, decide, type Wanted } from "./evaluate";
import type { PolicyStatement } from "./policy";
import type { Principal } from "./principals";

/** What was asked of IAM on behalf of one role or user that a stack made. */
export interface HeldCaller {
  readonly principalArn: string;
  /** Actions that it called, each once. */
  readonly actions: readonly string[];
  /** What it was denied, as `action on resource`. */
  readonly denied: readonly string[];
  /** Statements of its policies without which every call would have been allowed too, by their actions. */
  readonly unneeded: readonly string[];
  /** Its other statements that allow something, each with the actions that would be denied without it. */
  readonly needed: readonly { readonly statement: string; readonly actions: readonly string[] }[];
}

interface Held {
  statements: readonly PolicyStatement[];
  readonly wanted: Map<string, { readonly wanted: Wanted; readonly decision: Decision }>;
}

/** Remembers each thing that a caller wanted, once, to tell afterwards which statements were needed. */
export class HeldCalls {
  private readonly callers = new Map<string, Held>();

  add({ principalArn, statements }: Principal, wanted: Wanted, decision: Decision): void {
    const held = this.callers.get(principalArn) ?? { statements, wanted: new Map() };
    held.statements = statements;
    const key = JSON.stringify([wanted.action, wanted.resource, [...wanted.context], decision]);
    held.wanted.set(key, { wanted, decision });
    this.callers.set(principalArn, held);
  }

  summary(): readonly HeldCaller[] {
    return [...this.callers].map(([principalArn, { statements, wanted }]) => {
      const all = [...wanted.values()];
      const allowed = all.filter(({ decision }) => decision === "allowed").map((each) => each.wanted);
      const denied = all.filter(({ decision }) => decision !== "allowed").map((each) => each.wanted);
      return {
        principalArn,
        actions: [...new Set(all.map((each) => each.wanted.action))].sort(),
        denied: [...new Set(denied.map(({ action, resource }) => `${action} on ${resource ?? "what it was about"}`))],
        unneeded: without(statements, allowed).flatMap(({ statement, lost }) => (lost.length === 0 ? statement : [])),
        needed: without(statements, allowed).flatMap(({ statement, lost }) =>
          lost.length === 0 ? [] : [{ statement, actions: lost }],
        ),
      };
    });
  }
}

/** What would be denied without each statement that allows something, taken away one at a time. */
function without(statements: readonly PolicyStatement[], allowed: readonly Wanted[]) {
  return statements
    .filter(({ Effect }) => Effect === "Allow")
    .map((statement) => {
      const others = statements.filter((other) => other !== statement);
      const lost = allowed.filter((wanted) => decide(others, wanted) !== "allowed").map(({ action }) => action);
      return { statement: (statement.Action ?? []).join(", "), lost: [...new Set(lost)].sort() };
    });
}
