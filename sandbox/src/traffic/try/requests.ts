import type { Rule, RuleCondition } from "@aws-sdk/client-elastic-load-balancing-v2";
import { destinations, lastAction } from "../balancers/actions";
import type { BalancerState, BalancingState, ListenerState } from "../balancers/state";

/** What a request at a door has to bring. */
export type Expectation =
  | { readonly kind: "answer" }
  /** An answer of what is behind the door, whatever it says: no refusal and no fault on the way. */
  | { readonly kind: "reached" }
  | { readonly kind: "redirect" }
  | { readonly kind: "status"; readonly status: number }
  /** Nothing comes back: the connection is never made. */
  | { readonly kind: "silence" }
  /** The client hangs up: the certificate is of other names. */
  | { readonly kind: "distrust" };

export interface Signer {
  readonly principalArn: string;
  readonly region: string;
}

export interface DoorRequest {
  /** For example `what the rule forwards`. */
  readonly purpose: string;
  readonly url: string;
  /** A name that has no record: the request goes to the balancer's own name. */
  readonly connectTo?: string;
  /** The certificate is of other names than the one that is asked, and the client is told not to mind. */
  readonly insecure?: boolean;
  /** Who signs it, for which region's API Gateway. */
  readonly signer?: Signer;
  readonly expected: Expectation;
}

/** A port that no listener of these doors has. */
const closedPort = 8444;

/**
 * The requests that show whether a balancer does what its listeners and rules say: one a rule, and one at a port where
 * nothing listens.
 *
 * @param hasRecord whether a host has an address in Route 53
 */
export function balancerRequests(
  state: BalancingState,
  hostname: string,
  hasRecord: (host: string) => boolean,
): readonly DoorRequest[] {
  const found = state.balancers.find(({ balancer }) => balancer.DNSName?.toLowerCase() === hostname.toLowerCase());
  if (found === undefined) {
    return [];
  }
  const requests = found.listeners.flatMap((listener) => listenerRequests(found, listener, hasRecord));
  const closed: DoorRequest = {
    purpose: "a port without a listener",
    url: `http://${hostname}:${closedPort}/`,
    expected: { kind: "silence" },
  };
  return [...requests, ...(found.balancer.SecurityGroups?.length ? [closed] : [])];
}

function listenerRequests(
  { balancer }: BalancerState,
  { listener, rules }: ListenerState,
  hasRecord: (host: string) => boolean,
): readonly DoorRequest[] {
  const { Protocol = "HTTP", Port = 80 } = listener;
  const scheme = ["HTTPS", "TLS"].includes(Protocol) ? "https" : "http";
  const isStandard = Port === (scheme === "https" ? 443 : 80);
  const name = balancer.DNSName ?? "";
  // What comes after a rule that takes everything is never asked.
  const last = rules.findIndex(takesEverything);
  return rules.slice(0, last < 0 ? rules.length : last + 1).flatMap((rule) => {
    const host = exampleOf(rule, "host-header") ?? name;
    const path = exampleOf(rule, "path-pattern") ?? (rule.IsDefault === true ? "/no/such/path" : "/");
    const request = {
      purpose: purposeOf(rule),
      url: `${scheme}://${host}${isStandard ? "" : `:${Port}`}${path}`,
      ...(host === name || hasRecord(host) ? {} : { connectTo: `${host}:${Port}:${name}:${Port}` }),
      expected: expectationOf(rule),
    };
    if (scheme === "http" || host !== name) {
      return [request];
    }
    // No certificate is of the balancer's own name.
    const minding: DoorRequest = {
      ...request,
      purpose: `${request.purpose}, by a name that the certificate is not of`,
      expected: { kind: "distrust" },
    };
    return [{ ...request, insecure: true }, minding];
  });
}

function takesEverything({ Conditions = [] }: Rule): boolean {
  return Conditions.every(
    ({ Field, PathPatternConfig, Values = [] }) =>
      Field === "path-pattern" && (PathPatternConfig?.Values ?? Values).includes("/*"),
  );
}

function purposeOf(rule: Rule): string {
  const action = lastAction(rule.Actions ?? []);
  const rank = rule.IsDefault === true ? "the default rule" : `rule ${rule.Priority}`;
  return `${rank}, ${destinations(action).length > 0 ? "which forwards" : action.Type}`;
}

function expectationOf({ Actions = [] }: Rule): Expectation {
  const action = lastAction(Actions);
  if (action.RedirectConfig !== undefined) {
    return { kind: "redirect" };
  }
  return action.FixedResponseConfig === undefined
    ? { kind: "answer" }
    : { kind: "status", status: Number(action.FixedResponseConfig.StatusCode) };
}

/** A value that meets a condition, with something in the place of its asterisks. */
function exampleOf({ Conditions = [] }: Rule, field: string): string | undefined {
  const condition = Conditions.find(({ Field }) => Field === field);
  return condition === undefined ? undefined : first(condition)?.replaceAll("*", "x").replaceAll("?", "x");
}

function first(condition: RuleCondition): string | undefined {
  const { HostHeaderConfig, PathPatternConfig, Values } = condition;
  const values = HostHeaderConfig?.Values ?? PathPatternConfig?.Values ?? Values ?? [];
  // The shorter of `/shop` and `/shop/*` reads better.
  return values.toSorted((left, right) => left.length - right.length)[0];
}
