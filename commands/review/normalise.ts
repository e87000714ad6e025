import { isObject, type JsonObject, parsed } from "../terraform-json/json";
import { setArguments } from "./set-arguments";

/** JSON text is shown below this key, so that a reader sees that it is text. */
export const opened = "(JSON)";

/** Lists of Kubernetes objects and IAM policies whose order means nothing. */
const unordered: ReadonlySet<string> = new Set([
  ...["Action", "NotAction", "Resource", "NotResource", "Statement", "AWS", "Service", "Federated"],
  ...["depends_on", "policyTypes", "policy_types", "ingress", "egress", "from", "to", "hostnames", "namespaceSelector"],
  ...["tolerations", "verbs", "resources", "apiGroups", "resourceNames", "matchExpressions", "values"],
  ...["listeners", "parentRefs", "loadBalancerAttributes", "sourceRanges", "loadBalancerSourceRanges"],
  ...["domainFilters", "sources", "subnetIDs", "securityGroupIDs", "ignore_changes", "drop", "manifests"],
  ...["load_balancer_source_ranges", "label_selector", "topologySpreadConstraints", "topology_spread_constraint"],
]);

/** Annotations that hold a list whose order means nothing. */
const listAnnotations =
  /\/(inbound-cidrs|security-group-prefix-lists|subnets|security-groups|aws-load-balancer-(subnets|source-ranges|security-groups|security-group-prefix-lists)|load-balancer-attributes|tags)$/;

/** Arrays that Kubernetes merges by a key: these elements are told apart by it, whatever their order. */
const keyed: ReadonlySet<string> = new Set([
  "env",
  "port",
  "ports",
  "volume",
  "volumes",
  "volume_mount",
  "volumeMounts",
]);

/** Compares texts the same way on every machine. */
export const byText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** One text for each value, whatever the order of its keys. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (!isObject(value)) return JSON.stringify(value) ?? "null";
  const entries = Object.keys(value)
    .sort(byText)
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
  return `{${entries.join(",")}}`;
}

/** A block's arguments as they are compared: cdktf's notes gone, JSON text opened, what has no order in one order. */
export function normalised(type: string, block: JsonObject): JsonObject {
  const value = meaning("", block, "", new Set(setArguments[type] ?? []));
  return isObject(value) ? value : {};
}

const none: ReadonlySet<string> = new Set();

/** A value as it is meant. @param sets paths of lists that the provider takes as sets */
export function meaning(key: string, value: unknown, path = "", sets = none): unknown {
  if (typeof value === "string") return textMeaning(key, value);
  if (Array.isArray(value)) {
    const items = value.map((item) => meaning(key, item, path, sets));
    return unordered.has(key) || keyed.has(key) || sets.has(path) ? sorted(items) : items;
  }
  if (!isObject(value)) return value;
  const isPolicy = Array.isArray(value["Statement"]) || isObject(value["Statement"]);
  if (isPolicy) return policyMeaning(value);
  const entries = Object.entries(value).filter(([name]) => name !== "//");
  const below = path === "" ? "" : `${path}.`;
  return Object.fromEntries(entries.map(([name, item]) => [name, meaning(name, item, `${below}${name}`, sets)]));
}

function textMeaning(key: string, text: string): unknown {
  const json = parsed(text);
  if (json !== undefined) return { [opened]: meaning(key, json) };
  if (listAnnotations.test(key)) {
    return text
      .split(",")
      .map((word) => word.trim())
      .sort(byText)
      .join(",");
  }
  return text;
}

/** IAM takes a text or a list, in any order, and actions in any case. */
function policyMeaning(policy: JsonObject): JsonObject {
  const statements = [policy["Statement"]].flat().map((statement) => {
    if (!isObject(statement)) return statement;
    return Object.fromEntries(
      Object.entries(statement).map(([key, value]) => {
        if (/^(Not)?Action$/.test(key))
          return [key, sorted([value].flat().map((action) => String(action).toLowerCase()))];
        if (/^(Not)?Resource$/.test(key)) return [key, sorted([value].flat())];
        if (/^(Not)?Principal$/.test(key)) return [key, principals(value)];
        return [key, key === "Condition" ? conditions(value) : value];
      }),
    );
  });
  return { ...policy, Statement: sorted(statements) };
}

function principals(value: unknown): unknown {
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([kind, who]) => [kind, sorted([who].flat())]));
}

function conditions(value: unknown): unknown {
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([test, keys]) => [
      test,
      isObject(keys) ? Object.fromEntries(Object.entries(keys).map(([key, one]) => [key, sorted([one].flat())])) : keys,
    ]),
  );
}

function sorted(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return value
    .map((item): readonly [string, unknown] => [canonical(item), item])
    .sort(([one], [other]) => byText(one, other))
    .map(([, item]) => item);
}
