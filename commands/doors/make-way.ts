import type { Backend } from "./backend";
import type { Front } from "./balancer";
import type { Finding, Hop, Listening, Way, WayKind } from "./way";

export interface WayParts {
  readonly id: string;
  readonly kind: WayKind;
  readonly declaredAs: readonly string[];
  readonly front: Pick<Front, "from" | "hops" | "findings">;
  readonly principals?: readonly string[] | undefined;
  readonly listening: readonly Listening[];
  readonly authentication: string | undefined;
  readonly waf: string | undefined;
  readonly before: readonly Hop[];
  readonly middle: readonly Hop[];
  readonly backend: Pick<Backend, "hops" | "findings" | "workload">;
  readonly findings?: readonly Finding[];
  /** Whether this door could ask for authentication and a web ACL; where it could not, their absence is not said. */
  readonly knows?: { readonly authentication: boolean; readonly waf: boolean };
}

/** Puts the parts of a way into their order, and says what is absent. */
export function makeWay(parts: WayParts): Way {
  const { authentication, waf, front, backend, knows = { authentication: true, waf: true } } = parts;
  const asked: Hop = { stop: "authentication", says: authentication ?? "no authentication", passages: [] };
  const filtered: Hop = { stop: "waf", says: waf === undefined ? "no web ACL" : `web ACL ${waf}`, passages: [] };
  // What is not there has no place of its own: the rule that leads to it has, or the front.
  const place = [...front.hops, ...parts.middle].reverse().find((hop) => hop.place !== undefined)?.place;
  const findings = [...front.findings, ...(parts.findings ?? []), ...backend.findings].map((finding) =>
    place === undefined ? finding : { place, ...finding },
  );
  return {
    id: parts.id,
    kind: parts.kind,
    declaredAs: parts.declaredAs,
    from: front.from,
    ...(parts.principals === undefined ? {} : { principals: parts.principals }),
    listening: parts.listening,
    authentication,
    waf,
    hops: [
      ...parts.before,
      ...front.hops,
      ...(knows.authentication || authentication !== undefined ? [asked] : []),
      ...(knows.waf || waf !== undefined ? [filtered] : []),
      ...parts.middle,
      ...backend.hops,
    ],
    workload: backend.workload,
    findings: unique(findings),
  };
}

function unique(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ hole, says }) => {
    const key = `${hole} ${says}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** A backend that is no Service. */
export const noBackend: Pick<Backend, "hops" | "findings" | "workload"> = {
  hops: [],
  findings: [],
  workload: undefined,
};
