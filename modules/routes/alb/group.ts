import { formatPath, type Problem } from "../../schema/problem";
import type { AlbRoute } from "./schema";

/** A route of an environment and where it stands in the file. */
export interface PlacedAlbRoute {
  readonly path: readonly PropertyKey[];
  readonly route: AlbRoute;
}

interface SharedSetting {
  readonly field: keyof AlbRoute;
  readonly what: string;
  readonly differs: (one: AlbRoute, other: AlbRoute) => boolean;
}

function networks(route: AlbRoute): string {
  return [...route.inboundCidrs].sort().join(",");
}

/** What belongs to the load balancer or a listener, not to one Ingress. */
const shared: readonly SharedSetting[] = [
  { field: "exposure", what: "one scheme", differs: (one, other) => one.exposure !== other.exposure },
  {
    field: "certificateArn",
    // The redirect of one Ingress takes the HTTP listener away from all of the group.
    what: "HTTPS for all of its hosts or for none",
    differs: (one, other) => (one.certificateArn === undefined) !== (other.certificateArn === undefined),
  },
  {
    field: "sslPolicy",
    what: "one TLS policy",
    differs: (one, other) =>
      one.certificateArn !== undefined && other.certificateArn !== undefined && one.sslPolicy !== other.sslPolicy,
  },
  { field: "inboundCidrs", what: "one list of networks", differs: (one, other) => networks(one) !== networks(other) },
  { field: "webAclArn", what: "one web ACL", differs: (one, other) => one.webAclArn !== other.webAclArn },
];

/**
 * Routes of one group that ask different things of the one ALB they share. The controller would then change nothing
 * for the whole group, or give one route's answer to all.
 * Source: "MergeBehavior" in the AWS Load Balancer Controller's Ingress annotations.
 */
export function groupProblems(routes: readonly PlacedAlbRoute[]): readonly Problem[] {
  const first = new Map<string, PlacedAlbRoute>();
  return routes.flatMap((member) => {
    const { group } = member.route;
    if (group === undefined) return [];
    const leader = first.get(group);
    if (leader === undefined) {
      first.set(group, member);
      return [];
    }
    return shared
      .filter(({ differs }) => differs(member.route, leader.route))
      .map(({ field, what }) => ({
        path: formatPath([...member.path, field]),
        value: member.route[field],
        rule: `routes of the group ${group} share one ALB, which has ${what}; ${formatPath(leader.path)} says something else`,
        remedy: `write the same \`${field}\` in both, or leave one of them out of the group`,
      }));
  });
}
