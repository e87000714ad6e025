import type { Check, Finding, Subject } from "./check";
import type { Facts } from "./facts";

/** What came of one check. */
export type Outcome =
  | { readonly kind: "looked"; readonly findings: readonly Finding[] }
  /** Nobody knows whether it would stop an apply. */
  | { readonly kind: "not looked"; readonly because: string };

export interface Result {
  readonly check: string;
  readonly outcome: Outcome;
}

/** Makes every check. Those that ask AWS are not made while it does not know who calls, or takes him for somebody else. */
export async function look(checks: readonly Check[], subject: Subject, facts: Facts): Promise<readonly Result[]> {
  const local = await Promise.all(checks.filter(({ asksAws }) => !asksAws).map((check) => made(check, subject, facts)));
  const signedIn = local.every(({ check, outcome }) => check !== "credentials" || passes(outcome));
  const asking = checks.filter(({ asksAws }) => asksAws);
  const because = "AWS does not take the caller for one of the environment's account";
  const others = signedIn
    ? await Promise.all(asking.map((check) => made(check, subject, facts)))
    : asking.map(({ name }): Result => ({ check: name, outcome: { kind: "not looked", because } }));
  const results = new Map([...local, ...others].map((result) => [result.check, result]));
  return checks.flatMap(({ name }) => results.get(name) ?? []);
}

async function made({ name, look }: Check, subject: Subject, facts: Facts): Promise<Result> {
  try {
    return { check: name, outcome: { kind: "looked", findings: await look(subject, facts) } };
  } catch (error) {
    const { name: kind, message } = error instanceof Error ? error : new Error(String(error));
    return {
      check: name,
      outcome: { kind: "not looked", because: kind === "Error" ? message : `${kind}: ${message}` },
    };
  }
}

const passes = (outcome: Outcome) =>
  outcome.kind === "looked" && outcome.findings.every(({ severity }) => severity !== "stops");
