import type { Landscape } from "../doors/landscape";
import type { GroupRule } from "../doors/security-groups";
import { findingsOf, isInternet, type Trace, type Way } from "../doors/way";
import { placeOf } from "../terraform-json/environment-json";
import type { KubernetesObject } from "../terraform-json/kubernetes-objects";
import type {
  Attention,
  BlockChange,
  Concern,
  ContractChange,
  Grant,
  PolicyChange,
  WaiverChange,
  WayChange,
} from "./model";
import { canonical } from "./normalise";
import { policies } from "./policies/policies";
import { lossOf } from "./replacements";
import { escalations } from "./security/escalation";
import { short, weakenings } from "./security/protection";

/** One environment before and after, with what was found to differ. */
export interface Differences {
  readonly environment: string;
  readonly before: Landscape;
  readonly after: Landscape;
  readonly traceBefore: Trace | undefined;
  readonly traceAfter: Trace | undefined;
  readonly changes: readonly BlockChange[];
  readonly contract: readonly ContractChange[];
  readonly gained: readonly Grant[];
  readonly lost: readonly Grant[];
  readonly held: readonly Pick<Grant, "holder" | "action" | "effect">[];
  readonly ways: readonly WayChange[];
  readonly policies: readonly PolicyChange[];
  readonly waivers: readonly WaiverChange[];
}

type Found = Omit<Attention, "environment">;

/** Types whose removal takes something along that does not come back by applying again. */
const lasting =
  /^(aws_eks_cluster|aws_eks_node_group|aws_eks_fargate_profile|aws_vpc|aws_subnet|aws_ecr_repository|aws_route53_zone|aws_kms_key|aws_eip|aws_iam_user|aws_cloudwatch_log_group|aws_cloudfront_distribution|aws_api_gateway_rest_api|aws_apigatewayv2_api|aws_lb|kubernetes_namespace_v1)$/;

/** Everything of a change that a reviewer has to look at. */
export function attentionTo(differences: Differences): readonly Attention[] {
  const { environment } = differences;
  const told: readonly Found[] = [
    ...differences.changes.flatMap(ofChange),
    ...differences.contract.flatMap(ofContract),
    ...ofGrants(differences),
    ...ofWays(differences),
    ...ofGroups(differences),
    ...ofRights(differences),
    ...ofWaivers(differences),
  ];
  const places = new Set(told.map(({ place }) => place));
  // What breaks a policy is told once, and better by what was found at its place.
  const found = [...told, ...ofPolicies(differences).filter(({ place }) => !places.has(place))];
  const seen = new Set<string>();
  return found
    .filter(({ concern, says, place }) => {
      const key = `${concern} ${says} ${place ?? ""}`;
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    })
    .map((one) => ({ environment, ...one }));
}

function ofChange(change: BlockChange): readonly Found[] {
  const { stack, address, type, action, replacement, from } = change;
  const place = `${stack}: ${address}`;
  const found: Found[] = weakenings(change).map(({ concern, says, place: where }) => ({ concern, says, place: where }));
  if (replacement !== undefined) {
    const { fields, loses, upToMinutes, source } = replacement;
    found.push({
      concern: "replacement",
      says: `${address} is replaced because of ${fields.join(", ")}: ${loses}${upToMinutes === undefined ? "" : `; a new one takes up to ${upToMinutes} minutes`} (${source})`,
      place,
    });
  }
  if (action === "add" && from !== undefined) {
    found.push({
      concern: "rename-without-moved",
      says: `${from} becomes ${address} without a moved block, so it is destroyed and made anew${lossOf(type) === undefined ? "" : `: ${lossOf(type)}`}`,
      place,
    });
  }
  const loss = lossOf(type);
  if (action === "remove" && lasting.test(type) && loss !== undefined) {
    found.push({ concern: "removal", says: `${address} is removed: ${loss}`, place });
  }
  if (action === "add" && /^aws_eks_access_(entry|policy_association)$/.test(type)) {
    found.push({
      concern: "cluster-access-gained",
      says: `${address} is added: a principal gains access to the cluster`,
      place,
    });
  }
  return found;
}

function ofContract({ stack, output, action, readers, before, after }: ContractChange): readonly Found[] {
  if (readers.length === 0 || (action !== "remove" && action !== "retype")) return [];
  const what =
    action === "remove" ? "is published no more" : `is of another type (${short(before)} -> ${short(after)})`;
  return [
    { concern: "contract-broken", says: `output ${output} of ${stack} ${what}, and ${readers.join(", ")} read it` },
  ];
}

const harmless = /^(Read|List)(, (Read|List))*$/;

function ofGrants({ gained, lost, held }: Differences): readonly Found[] {
  const says = ({ holder, action, level, resource, condition }: Grant) =>
    `${holder}: ${action}${level === undefined ? "" : ` (${level})`} on ${resource}${condition === "" ? "" : ` where ${short(condition)}`}`;
  // What was held without a condition and is held under one now is less.
  const key = ({ holder, action, resource, principal }: Grant) => JSON.stringify([holder, action, resource, principal]);
  const unconditional = new Set(lost.filter((one) => one.effect === "Allow" && one.condition === "").map(key));
  const allowed = gained.filter((grant) => grant.effect === "Allow" && !unconditional.has(key(grant)));
  return [
    ...allowed
      .filter(({ principal, level }) => principal === undefined && !harmless.test(level ?? ""))
      .map((grant): Found => ({ concern: "permission-gained", says: `gained by ${says(grant)}`, place: grant.holder })),
    ...allowed
      .filter(({ principal }) => principal !== undefined)
      .map(
        (grant): Found => ({
          concern: "principal-gained",
          says: `${grant.principal} may ${grant.action} at ${grant.holder}${grant.condition === "" ? "" : ` where ${short(grant.condition)}`}`,
          place: grant.holder,
        }),
      ),
    ...lost
      .filter(({ effect }) => effect === "Deny")
      .map(
        (grant): Found => ({
          concern: "permission-gained",
          says: `refused no more to ${says(grant)}`,
          place: grant.holder,
        }),
      ),
    ...escalations(gained, held).map(
      ({ holder, says: how }): Found => ({ concern: "escalation", says: how, place: holder }),
    ),
  ];
}

function ofWays({ ways, traceBefore, traceAfter }: Differences): readonly Found[] {
  const find = (trace: Trace | undefined, id: string) => trace?.ways.find((way) => way.id === id);
  const changed = ways.flatMap(({ id, action }): readonly Found[] => {
    const [was, is] = [find(traceBefore, id), find(traceAfter, id)];
    if (action === "add" && is !== undefined) {
      return [
        {
          concern: "way-added",
          says: `${id} is a new way in, from ${isInternet(is.from) ? "the internet" : "within"}`,
        },
      ];
    }
    if (action === "remove")
      return [{ concern: "way-removed", says: `${id} is shut: its callers are answered no more` }];
    return was === undefined || is === undefined
      ? []
      : opened(was, is).map((how) => ({ concern: "way-opened" as const, says: `${id}: ${how}` }));
  });
  const before = new Set(
    (traceBefore === undefined ? [] : findingsOf(traceBefore)).map(({ hole, says }) => `${hole} ${says}`),
  );
  const holes = (traceAfter === undefined ? [] : findingsOf(traceAfter))
    .filter(({ hole, says }) => !before.has(`${hole} ${says}`))
    .map(
      ({ hole, says, place }): Found => ({
        concern: "hole",
        says: `${hole}: ${says}`,
        ...(place === undefined ? {} : { place }),
      }),
    );
  return [...changed, ...holes];
}

/** How a way is more open than it was. */
function opened(was: Way, is: Way): readonly string[] {
  const encrypted = ({ listening }: Way) =>
    listening.filter(({ redirectsTo }) => redirectsTo === undefined).every(({ tls }) => tls);
  return [
    ...(isInternet(is.from) && !isInternet(was.from) ? ["the internet comes in now"] : []),
    ...(!isInternet(is.from) && canonical(is.from) !== canonical(was.from) ? ["other networks come in"] : []),
    ...(encrypted(was) && !encrypted(is) ? ["it answers without TLS now"] : []),
    ...(was.authentication !== undefined && is.authentication !== was.authentication
      ? [`callers show ${is.authentication ?? "nothing"} instead of ${was.authentication}`]
      : []),
    ...(was.waf !== undefined && is.waf === undefined ? ["no web ACL stands before it now"] : []),
    ...(was.principals !== undefined && canonical(is.principals ?? []) !== canonical(was.principals)
      ? ["other principals may call"]
      : []),
    ...(canonical(certificates(was)) === canonical(certificates(is)) ? [] : ["it presents another certificate"]),
    ...(was.workload === is.workload
      ? []
      : [`it leads to ${is.workload ?? "nothing"} instead of ${was.workload ?? "nothing"}`]),
  ];
}

const certificates = ({ listening }: Way) => listening.flatMap(({ certificate }) => certificate ?? []);

function ofGroups({ before, after }: Differences): readonly Found[] {
  const rules = ({ groups }: Landscape) => groups.rules.filter(({ direction }) => direction === "ingress");
  const key = ({ group, protocol, from, to, cidrs, groups, prefixLists }: GroupRule) =>
    canonical([group, protocol, from, to, [...cidrs].sort(), [...groups].sort(), [...prefixLists].sort()]);
  const known = new Set(rules(before).map(key));
  return rules(after)
    .filter((rule) => !known.has(key(rule)))
    .map(
      (rule): Found => ({
        concern: "group-opened",
        says: `${rule.group} lets ${[...rule.cidrs, ...rule.groups, ...rule.prefixLists].join(", ") || "nobody yet"} in on ${rule.from === rule.to ? rule.from : `${rule.from} to ${rule.to}`}`,
        place: placeOf(rule.block),
      }),
    );
}

const rights = ["ClusterRoleBinding", "RoleBinding", "ClusterRole", "Role"];

/** Rights within Kubernetes that come or change. */
function ofRights({ before, after }: Differences): readonly Found[] {
  const of = ({ objects }: Landscape) => objects.filter(({ kind }) => rights.includes(kind));
  const named = ({ kind, namespace, name }: KubernetesObject) => `${kind} ${namespace}/${name}`;
  const content = ({ spec, block }: KubernetesObject) => canonical([spec, block.arguments["values"]]);
  const known = new Map(of(before).map((one) => [named(one), content(one)]));
  return of(after)
    .filter((one) => known.get(named(one)) !== content(one))
    .map(
      (one): Found => ({
        concern: "kubernetes-rights-gained",
        says: `${named(one)} ${known.has(named(one)) ? "says something else" : "is added"}`,
        place: placeOf(one.block),
      }),
    );
}

/** Policies that something breaks which is not new itself, or that is: what was broken before is not told again. */
function ofPolicies({ policies: changes }: Differences): readonly Found[] {
  return changes
    .filter(({ action, waivedUntil }) => action === "broken" && waivedUntil === undefined)
    .map(({ policy, place }): Found => {
      const rule = policies.find(({ id }) => id === policy);
      return { concern: "policy", says: `${policy}: ${rule?.reason ?? ""} ${rule?.fix ?? ""}`, place };
    });
}

/** Waivers that somebody has to agree to, and those that have ended. */
function ofWaivers({ waivers }: Differences): readonly Found[] {
  return waivers.flatMap(({ policy, action, ended, until, reason }): readonly Found[] => {
    if (ended) {
      return [
        {
          concern: "waiver",
          says: `the waiver of ${policy} ended on ${until}; keep the policy and take the waiver out, or renew it`,
        },
      ];
    }
    if (action !== "add" && action !== "change") return [];
    return [
      {
        concern: "waiver",
        says: `${policy} ${action === "add" ? "is" : "is otherwise"} waived until ${until}: ${reason}`,
      },
    ];
  });
}

/** Concerns that stand on their own where a whole environment comes: everything else of it is new. */
export const ofWholeEnvironments: ReadonlySet<Concern> = new Set<Concern>([
  "hole",
  "removal",
  "waiver",
  "way-added",
  "way-removed",
]);
