import type {
  BillLine,
  BlockChange,
  ChartChange,
  ContractChange,
  EnvironmentReview,
  FieldChange,
  Grant,
  PolicyChange,
  Review,
  WaiverChange,
} from "./model";
import { attentionOf } from "./model";
import type { Price } from "./prices/price";
import { short } from "./security/protection";

/** Words that every output of a review shares. */
export function saysAction({ action, from, replacement }: BlockChange): string {
  if (action === "move") return `moves from ${from}`;
  if (action === "add" && from !== undefined) return `is made anew, from ${from}`;
  if (replacement !== undefined) return `is replaced (${replacement.fields.join(", ")})`;
  const words = { add: "is added", remove: "is removed", change: "changes", replace: "is replaced" } as const;
  return from === undefined ? words[action] : `${words[action]}, and moves from ${from}`;
}

export function saysField({ path, before, after }: FieldChange, longest = 100): string {
  return `${path}: ${short(before, longest)} -> ${short(after, longest)}`;
}

export function saysGrant({ holder, effect, action, level, resource, condition, principal }: Grant): string {
  return [
    holder,
    effect === "Deny" ? `refused ${action}` : action,
    ...(level === undefined ? [] : [`(${level})`]),
    `on ${resource}`,
    ...(principal === undefined ? [] : [`for ${principal}`]),
    ...(condition === "" ? [] : [`where ${short(condition)}`]),
  ].join(" ");
}

export function saysContract({ stack, output, action, readers, before, after }: ContractChange): string {
  const what =
    action === "add"
      ? "is published"
      : action === "remove"
        ? "is published no more"
        : action === "retype"
          ? `is of another type: ${short(before)} -> ${short(after)}`
          : `is ${short(after)}, was ${short(before)}`;
  return `${stack}.${output} ${what}${readers.length === 0 ? "" : `; read by ${readers.join(", ")}`}`;
}

/** How much of what an environment's review has, in a line. */
export function summaryOf(review: EnvironmentReview): string {
  const { changes, attention, action } = review;
  const count = (wanted: BlockChange["action"]) => changes.filter((change) => change.action === wanted).length;
  const parts = [
    ["added", count("add")],
    ["removed", count("remove")],
    ["changed", count("change")],
    ["replaced", count("replace")],
    ["moved", count("move")],
  ] as const;
  const said = parts.filter(([, number]) => number > 0).map(([word, number]) => `${number} ${word}`);
  const whole = action === "add" ? ["new environment"] : action === "remove" ? ["environment removed"] : [];
  const needs = attention.length === 0 ? [] : [`${attention.length} to look at`];
  return [...whole, ...(said.length === 0 ? ["no resource changes"] : said), ...needs].join(", ");
}

export const reviewExitCodes = { nothing: 0, changes: 1, attention: 2, error: 3 } as const;

export function exitCodeOf(review: Review): number {
  if (attentionOf(review).length > 0) return reviewExitCodes.attention;
  const any = review.environments.some(
    ({ changes, settings, contract, action }) =>
      action !== "none" || changes.length + settings.length + contract.length > 0,
  );
  return any ? reviewExitCodes.changes : reviewExitCodes.nothing;
}

/** Policies that begin or end to be broken, and how many stand as they were. */
export function saysPolicies(changes: readonly PolicyChange[]): readonly string[] {
  const of = (action: PolicyChange["action"]) => changes.filter((change) => change.action === action);
  return [
    ...of("broken").map(
      ({ policy, place, waivedUntil }) =>
        `+ ${policy}: ${place} breaks it now${waivedUntil === undefined ? "" : `, waived until ${waivedUntil}`}`,
    ),
    ...of("kept").map(({ policy, place }) => `- ${policy}: ${place} keeps it now`),
  ];
}

export function saysWaiver({ policy, resources, until, reason, action, ended, waives }: WaiverChange): string {
  const how = {
    add: "is waived now",
    change: "is waived otherwise",
    remove: "is waived no more",
    none: "is waived",
  } as const;
  const what = action === "remove" ? how.remove : ended ? "has a waiver that ended" : how[action];
  const count = action === "remove" ? "" : `, ${waives} ${waives === 1 ? "place" : "places"}`;
  return `${policy} ${what}: until ${until}, for ${resources.join(", ")}${count}; ${reason}`;
}

function saysPrice({ usd, per, source, asOf }: Price): string {
  return `${usd} USD ${per === "hour" ? "an hour" : "a month"} each, as of ${asOf} by ${source}`;
}

export function saysBill({ what, before, after, price }: BillLine): string {
  return `${what}: ${before} -> ${after}${price === undefined ? "" : ` (${saysPrice(price)})`}`;
}

/** Hours of a month as AWS reckons them. */
const hoursOfAMonth = 730;

/** What is known to be paid a month before and after, and how much is not known. */
export function saysTotal(bill: readonly BillLine[]): readonly string[] {
  const without = bill.filter(({ price }) => price === undefined).length;
  const none =
    without === 0 ? [] : [`${without} of ${bill.length} have no price with a source; npm run prices looks them up`];
  const sum = (of: "before" | "after") =>
    bill.reduce(
      (total, { price, [of]: count }) =>
        total + count * (price === undefined ? 0 : price.usd * (price.per === "hour" ? hoursOfAMonth : 1)),
      0,
    );
  if (without === bill.length) return none;
  const [before, after] = [sum("before"), sum("after")].map((usd) => usd.toFixed(2));
  return [`by time alone, of what has a price: ${before} -> ${after} USD a month`, ...none];
}

/** What differs on the bill, with what that comes to. */
export function saysBillChange(bill: readonly BillLine[]): readonly string[] {
  const changed = bill.filter(({ before, after }) => before !== after);
  return changed.length === 0 ? [] : [...changed.map(saysBill), ...saysTotal(bill)];
}

/** A bump of a chart in a line, and a line a manifest and field that it changes. */
export function saysChart({ place, before, after, manifests, unknown }: ChartChange): readonly string[] {
  const bump = `${place}: ${before} -> ${after}`;
  if (unknown !== undefined) return [`${bump}; what it renders is not compared: ${unknown}`];
  if (manifests.length === 0) return [`${bump}; it renders the same but for labels of its version`];
  const words = { add: "is added", remove: "is removed", change: "changes" } as const;
  return [
    `${bump}; ${manifests.length} manifests differ`,
    ...manifests.flatMap(({ name, action, fields }) => [
      `  ${name} ${words[action]}`,
      ...fields.map((field) => `    ${saysField(field)}`),
    ]),
  ];
}
