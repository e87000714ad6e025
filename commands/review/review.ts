import type { IsoDate } from "../../modules/schema/iso-date";
import { stackOrder } from "../../stacks/order";
import { Landscape } from "../doors/landscape";
import { traceOf } from "../doors/trace";
import type { EnvironmentJson } from "../terraform-json/environment-json";
import { attentionTo, ofWholeEnvironments } from "./attention";
import { billLines } from "./bill";
import { blockChanges } from "./blocks";
import { chartChanges } from "./charts/chart-changes";
import type { Renderer } from "./charts/helm";
import { contractChanges } from "./contract";
import type { EnvironmentReview, Review } from "./model";
import { policyChanges } from "./policies/changes";
import { waiversOf } from "./policies/waivers";
import { difference, grantsOf } from "./security/grants";
import { settingChanges } from "./settings";
import { waiverChanges } from "./waiver-changes";
import { wayChanges } from "./ways";

export interface ReviewOptions {
  /** What is compared, in words. */
  readonly before: string;
  readonly after: string;
  /** The day that waivers and support are measured against, in UTC. */
  readonly today: IsoDate;
  /** What renders charts. Default: nothing, and the review says so. */
  readonly render?: Renderer;
}

const nothingRenders: Renderer = () => ({ kind: "unknown", why: "nothing here renders charts" });

/** What differs between environments as they were and as they are. */
export async function reviewOf(
  before: readonly EnvironmentJson[],
  after: readonly EnvironmentJson[],
  { today, render = nothingRenders, ...labels }: ReviewOptions,
): Promise<Review> {
  const names = [...new Set([...before, ...after].map(({ name }) => name))].sort();
  const environments: EnvironmentReview[] = [];
  for (const name of names) {
    environments.push(
      await compared(
        name,
        before.find((one) => one.name === name),
        after.find((one) => one.name === name),
        { today, render },
      ),
    );
  }
  return { ...labels, environments };
}

async function compared(
  name: string,
  old: EnvironmentJson | undefined,
  now: EnvironmentJson | undefined,
  { today, render }: Required<Pick<ReviewOptions, "today" | "render">>,
): Promise<EnvironmentReview> {
  const nothing: EnvironmentJson = { name, stacks: {} };
  const [before, after] = [old ?? nothing, now ?? nothing];
  const changes = stackOrder.flatMap((stack) =>
    blockChanges(stack, before.stacks[stack] ?? {}, after.stacks[stack] ?? {}),
  );
  const contract = contractChanges(before, after);
  const settings = settingChanges(before, after);
  const [heldBefore, heldAfter] = [grantsOf(before), grantsOf(after)];
  const { gained, lost } = await difference(heldBefore, heldAfter);
  const [landscapeBefore, landscapeAfter] = [new Landscape(before), new Landscape(after)];
  const traceBefore = old === undefined ? undefined : traceOf(old, landscapeBefore);
  const trace = now === undefined ? undefined : traceOf(now, landscapeAfter);
  const ways = wayChanges(traceBefore, trace);
  const policies = policyChanges(landscapeBefore, landscapeAfter, changes, today);
  const waivers = waiverChanges(waiversOf(before), waiversOf(after), policies, today);
  const attention = attentionTo({
    environment: name,
    before: landscapeBefore,
    after: landscapeAfter,
    traceBefore,
    traceAfter: trace,
    changes,
    contract,
    gained,
    lost,
    held: [...heldAfter.values()],
    ways,
    policies,
    waivers,
  });
  const whole = old === undefined || now === undefined;
  return {
    environment: name,
    action:
      old === undefined
        ? "add"
        : now === undefined
          ? "remove"
          : changes.length + contract.length + settings.length > 0 || waivers.some(({ action }) => action !== "none")
            ? "change"
            : "none",
    changes,
    settings,
    contract,
    gained,
    lost,
    ways,
    bill: billLines(landscapeBefore, landscapeAfter, today),
    policies,
    waivers,
    charts: chartChanges(landscapeBefore, landscapeAfter, render),
    attention: whole ? attention.filter(({ concern }) => ofWholeEnvironments.has(concern)) : attention,
    trace,
  };
}
