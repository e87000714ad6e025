import type { Problem } from "../schema/problem";
import type { Rule } from "../schema/rule";
import type { StateOptions } from "./schema";

/** What the rules of states read of an environment. */
interface Declared {
  readonly state: StateOptions;
}

/** Source: Amazon S3 user guide, "General purpose bucket naming rules". */
export function bucketNameAllowed({ state }: Declared): readonly Problem[] {
  if (state.kind !== "s3") return [];
  const { bucket } = state;
  const reserved = /^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/.exec(bucket);
  const rule = bucket.includes("..")
    ? "a bucket's name has no two dots in a row"
    : /^\d+(\.\d+){3}$/.test(bucket)
      ? "a bucket's name does not look like an IP address"
      : reserved !== null
        ? `S3 keeps names with ${reserved[0]} to itself`
        : undefined;
  if (rule === undefined) return [];
  return [
    {
      path: "state.bucket",
      value: bucket,
      rule,
      remedy: 'write the name of the bucket that holds your states, such as "example-terraform-state"',
    },
  ];
}

/** Source: the S3 backend's own check of `key`. */
export function stateKeyRelative({ state }: Declared): readonly Problem[] {
  if (state.kind !== "s3" || !state.keyPrefix.startsWith("/")) return [];
  return [
    {
      path: "state.keyPrefix",
      value: state.keyPrefix,
      rule: "the S3 backend refuses a key that begins with /",
      remedy: `write \`keyPrefix: ${JSON.stringify(state.keyPrefix.replace(/^\/+/, ""))}\``,
    },
  ];
}

/** A plan of production is read by somebody before it is applied. */
export const confirmedInProduction: Rule<Declared> = ({ state }, { name }) => {
  if (state.kind !== "cloud" || !state.autoApply || !/(^|-)prod(uction)?(-|$)/.test(name)) return [];
  return [
    {
      path: "state.autoApply",
      value: true,
      rule: `${name} is for production by its name, and there no plan is applied that nobody has confirmed`,
      remedy: "take the line out, and confirm the run when its plan was read",
    },
  ];
};

/** Where the command is called, Terraform Cloud starts, confirms and reports nothing. */
export function localRunsStandAlone({ state }: Declared): readonly Problem[] {
  if (state.kind !== "cloud" || state.runs.kind !== "local") return [];
  const idle: readonly (readonly [field: string, value: unknown, idle: boolean])[] = [
    ["trigger", state.trigger, state.trigger.kind !== "cli"],
    ["autoApply", state.autoApply, state.autoApply],
    ["notifications", state.notifications, Object.keys(state.notifications).length > 0],
  ];
  return idle
    .filter(([, , set]) => set)
    .map(([field, value]) => ({
      path: `state.${field}`,
      value,
      rule: "`state.runs` is local: there are no runs in Terraform Cloud that this could be about",
      remedy: 'take the line out, or write `runs: { kind: "remote" }`',
    }));
}

/** In the order their problems are reported. */
export const stateRules: readonly Rule<Declared>[] = [
  bucketNameAllowed,
  stateKeyRelative,
  confirmedInProduction,
  localRunsStandAlone,
];
