import { hasCertificate } from "../../certificates/choice";
import { clashes } from "../../schema/clashes";
import { formatPath } from "../../schema/problem";
import type { Rule } from "../../schema/rule";
import { type RoutedWorkloads, routesOfKind } from "../../workloads/routes";
import type { AlbRoute } from "./schema";

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
    differs: (one, other) => hasCertificate(one) !== hasCertificate(other),
  },
  {
    field: "sslPolicy",
    what: "one TLS policy",
    differs: (one, other) => hasCertificate(one) && hasCertificate(other) && one.sslPolicy !== other.sslPolicy,
  },
  {
    field: "hsts",
    what: "one Strict-Transport-Security header",
    differs: (one, other) => JSON.stringify(one.hsts) !== JSON.stringify(other.hsts),
  },
  { field: "inboundCidrs", what: "one list of networks", differs: (one, other) => networks(one) !== networks(other) },
  {
    field: "inboundLists",
    what: "one list of networks",
    differs: (one, other) => [...one.inboundLists].sort().join(",") !== [...other.inboundLists].sort().join(","),
  },
  {
    field: "clientCertificates",
    what: "one trust store",
    differs: (one, other) => one.clientCertificates !== other.clientCertificates,
  },
  {
    field: "timeoutSeconds",
    what: "one timeout",
    differs: (one, other) => one.timeoutSeconds !== other.timeoutSeconds,
  },
  { field: "webAcl", what: "one web ACL", differs: (one, other) => one.webAcl !== other.webAcl },
  { field: "webAclArn", what: "one web ACL", differs: (one, other) => one.webAclArn !== other.webAclArn },
];

/**
 * Routes of one group that ask different things of the one ALB they share. The controller would then change nothing
 * for the whole group, or give one route's answer to all.
 * Source: "MergeBehavior" in the AWS Load Balancer Controller's Ingress annotations.
 */
export const albGroupsAgree: Rule<{ readonly workloads: RoutedWorkloads }> = ({ workloads }) =>
  clashes(
    routesOfKind<AlbRoute>(workloads, "alb").flatMap((member) => shared.map((setting) => ({ ...member, setting }))),
    ({ route: { group }, setting: { field } }) => (group === undefined ? undefined : `${group} ${field}`),
    ({ path, route, setting: { field, what, differs } }, leader) =>
      differs(route, leader.route)
        ? {
            path: formatPath([...path, field]),
            value: route[field],
            rule: `routes of the group ${route.group} share one ALB, which has ${what}; ${formatPath(leader.path)} says something else`,
            remedy: `write the same \`${field}\` in both, or leave one of them out of the group`,
          }
        : undefined,
  );
