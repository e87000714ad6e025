import { withAlsoNeeded } from "./also-needed";
import type { RecordedNeed } from "./recorded-needs";
import { type Grant, grantOf, type Place } from "./resource-patterns";

interface Statement {
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
}

/** A policy of IAM that allows what was needed and nothing else. */
export interface Policy {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Statement[];
}

/** Resources by action. */
type Allowed = ReadonlyMap<string, ReadonlySet<string>>;

/** The least policy that allows every need. */
export async function policyFor(needs: readonly RecordedNeed[], place: Place): Promise<Policy> {
  const all = withAlsoNeeded(needs, place);
  return policyOf(merged(await Promise.all(all.map((need) => grantOf(need, place)))));
}

/** The least policy that allows what two allow together. */
export function together(first: Policy, second: Policy): Policy {
  return policyOf(merged([...grants(first), ...grants(second)]));
}

/** What one policy allows and another does not, as `action on resource`. */
export function missingFrom(policy: Policy, wanted: Policy): readonly string[] {
  const allowed = merged(grants(policy));
  return grants(wanted).flatMap(({ action, resources }) =>
    resources
      .filter((resource) => !(allowed.get(action)?.has(resource) || allowed.get(action)?.has("*")))
      .map((resource) => `${action} on ${resource}`),
  );
}

function grants({ Statement }: Policy): readonly Grant[] {
  return Statement.flatMap(({ Action, Resource }) => Action.map((action) => ({ action, resources: Resource })));
}

function merged(all: readonly Grant[]): Allowed {
  const allowed = new Map<string, Set<string>>();
  for (const { action, resources } of all) {
    const known = allowed.get(action) ?? new Set();
    allowed.set(action, known);
    for (const resource of resources) {
      known.add(resource);
    }
  }
  return allowed;
}

/** Actions on the same resources share a statement, so that the policy is short. */
function policyOf(allowed: Allowed): Policy {
  const byResources = new Map<string, string[]>();
  for (const [action, resources] of [...allowed].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const key = JSON.stringify(resources.has("*") ? ["*"] : [...resources].sort());
    byResources.set(key, [...(byResources.get(key) ?? []), action]);
  }
  const Statement = [...byResources].map(([key, Action]) => {
    const Resource: readonly string[] = JSON.parse(key);
    return { Effect: "Allow", Action, Resource } as const;
  });
  return { Version: "2012-10-17", Statement };
}
