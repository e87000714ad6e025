import type { StackName } from "../../stacks/order";
import { confirmed } from "../program/confirmed";
import { AlreadyReported, Refusal } from "../program/errors";
import { printLine } from "../program/print";
import type { Surroundings } from "../program/surroundings";
import type { writeStacks } from "../synth/synthesize";
import { followSchedule, reversed } from "../terraform/schedule";
import { Session } from "../terraform/session";
import { neededFor, outputFolder, synthesizedStacks } from "../terraform/stacks";
import { Overview } from "./overview";
import { applyChanges, applyPlan, applyRemovals } from "./passes";
import { planStack } from "./plan";
import { removalTargets } from "./removals";
import { markApplied, readPlans, type SavedPlans, savePlans } from "./saved-plans";

export interface ApplyOptions {
  /** Ask nobody. */
  readonly yes: boolean;
  /** Change nothing. */
  readonly plan: boolean;
  /** Folder to keep plans in; they are then not applied. */
  readonly out: string | undefined;
  /** Folder of plans to apply exactly. */
  readonly plans: string | undefined;
  /** The last stack to apply. Undefined: all of them. */
  readonly until: StackName | undefined;
}

/** What an apply needs of other commands. */
export interface ApplyTools {
  readonly synthesizer: typeof writeStacks;
  /** Looks for what would stop it, and throws where there is something. Undefined: nobody looks. */
  readonly preflight: (() => Promise<void>) | undefined;
}

/** As `terraform plan -detailed-exitcode` ends. */
const wouldChange = 2;

/**
 * Applies the stacks of an environment along their contract, as far as they are not applied yet.
 *
 * @throws Refusal where something is left to do
 */
export async function applyEnvironment(
  surroundings: Surroundings,
  environment: string,
  options: ApplyOptions,
  { synthesizer, preflight }: ApplyTools,
): Promise<void> {
  const { yes, plan, out, plans, until } = options;
  const changes = !plan && out === undefined;
  if (changes && !yes && plans === undefined && surroundings.input.isTTY !== true) {
    throw new Refusal(
      "nobody is there to be asked, for standard input is no terminal; add --yes, or --plan to look only",
    );
  }
  const code = await synthesizer({ ...surroundings, environments: [environment] });
  if (code !== 0) throw new AlreadyReported(code);
  if (changes && preflight !== undefined) await preflight();
  const all = synthesizedStacks(outputFolder(surroundings), environment);
  const session = new Session(surroundings, until === undefined ? all : neededFor(all, until));
  try {
    if (plans !== undefined) return await applySaved(surroundings, session, environment, plans);
    const overview = await Overview.of(session);
    if (until !== undefined) overview.refuseRemovals(session.stacks);
    if (!overview.changes) return printLine(surroundings.output, `${environment}: nothing to change`);
    overview.print(surroundings, environment, !changes);
    if (out !== undefined) await save(surroundings, session, overview, environment, out);
    if (!changes) throw new AlreadyReported(wouldChange);
    if (!yes && !(await confirmed(surroundings, `\nApply this to ${environment}?`, session.signal))) {
      throw new Refusal("nothing was changed; answer yes, or add --yes, to apply what is listed above");
    }
    await applyOverview(surroundings, session, overview, yes);
    printLine(surroundings.output, `${environment}: applied${until === undefined ? "" : ` until ${until}`}`);
  } finally {
    session.close();
  }
}

async function applyOverview(
  surroundings: Surroundings,
  session: Session,
  overview: Overview,
  yes: boolean,
): Promise<void> {
  refuseWhere(session, await applyRemovals(session, overview), "not destroyed what goes of");
  refuseWhere(session, await applyChanges(surroundings, session, overview, { yes }), "not applied");
}

/** @throws Refusal where there is one, after each of them has said why */
function refuseWhere({ signal }: Session, stacks: readonly string[], what: string): void {
  if (stacks.length === 0) return;
  const why = signal.aborted ? "interrupted, and no lock is left" : "the reason is above; mend it";
  throw new Refusal(
    `${what}: ${stacks.join(", ")}; ${why}. Call the same again to go on: what is done is not done twice`,
  );
}

async function save(
  { output }: Surroundings,
  session: Session,
  overview: Overview,
  environment: string,
  folder: string,
): Promise<void> {
  const pass = overview.removals.size > 0 ? "removals" : "changes";
  const plans =
    pass === "changes" ? overview.exact.filter(({ empty }) => !empty) : await removalPlans(session, overview);
  const saved = plans.map(({ stack }) => stack.id);
  const rest = [...overview.outlooks].flatMap(([id, outlook]) =>
    (pass === "removals" || !saved.includes(id)) && !(outlook.kind === "planned" && outlook.plan.empty) ? [id] : [],
  );
  savePlans(folder, plans, { environment, pass, later: rest });
  printLine(output, `\n${folder} holds the plans of ${saved.join(", ")}; they may hold secrets`);
  printLine(output, `foundry apply ${environment} --plans ${folder} applies exactly these`);
  if (rest.length > 0) printLine(output, `${rest.join(", ")}: to be planned again after that`);
}

async function removalPlans(session: Session, overview: Overview) {
  const plans = [];
  for (const [id, addresses] of [...overview.removals].reverse()) {
    const stack = session.stack(id);
    const outcome = await planStack(session, stack, removalTargets(stack, addresses, overview.states.get(id)));
    if (outcome.kind === "failed") {
      session.failed(outcome.result);
      throw new Refusal(`not planned: ${id}; nothing was changed`);
    }
    plans.push(outcome.plan);
  }
  return plans;
}

async function applySaved(
  { output }: Surroundings,
  session: Session,
  environment: string,
  folder: string,
): Promise<void> {
  let saved: SavedPlans = readPlans(folder, environment, session.stacks);
  await session.states();
  const steps = (saved.pass === "removals" ? reversed(session.steps) : session.steps).filter(({ id }) =>
    saved.plans.some(({ stack, applied }) => stack === id && !applied),
  );
  const failed = await followSchedule(
    steps,
    async (id) => {
      const plan = saved.plans.find(({ stack }) => stack === id);
      if (plan === undefined || session.signal.aborted) return false;
      const { changes, file } = plan;
      const phase = saved.pass === "removals" ? "destroys what goes" : "applies";
      const done = await applyPlan(session, { stack: session.stack(id), file: `${folder}/${file}`, changes }, phase);
      if (done) saved = markApplied(folder, saved, id);
      return done;
    },
    (id, missing) => session.lines.tell(id, `not begun, needs ${missing.join(", ")}`),
  );
  if (failed.length > 0) {
    throw new Refusal(
      `not applied: ${failed.join(", ")}; where a plan is stale, foundry apply ${environment} --out ${folder} plans again`,
    );
  }
  const rest = saved.later.length === 0 ? "" : `; to be planned again: ${saved.later.join(", ")}`;
  printLine(output, `${environment}: the plans of ${folder} are applied${rest}`);
}
