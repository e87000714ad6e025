import { placeOf } from "../terraform-json/environment-json";
import type { KubernetesObject } from "../terraform-json/kubernetes-objects";
import { refusal } from "./backend";
import type { Landscape } from "./landscape";
import type { Caller } from "./network-policies";
import { type Finding, type Hop, isInternet, type Listening, type Origin, type Passage, saysOrigin } from "./way";

/** A load balancer that the AWS Load Balancer Controller makes from an object of Kubernetes. */
export interface MadeBalancer {
  readonly title: string;
  readonly internetFacing: boolean;
  readonly listening: readonly Listening[];
  /** CIDRs that its object names; none means every network that reaches it. */
  readonly cidrs: readonly string[];
  readonly prefixLists: readonly string[];
  /** Groups that its object names instead of the controller's own. */
  readonly groups: readonly string[];
  /** Whether the controller opens the cluster's group for groups that are named. */
  readonly opensBackend: boolean;
  readonly object: Pick<KubernetesObject, "block" | "namespace" | "name">;
}

/** The front of a way: who comes in, and the hops as far as the listener. */
export interface Front {
  readonly from: readonly Origin[];
  readonly hops: readonly Hop[];
  readonly findings: readonly Finding[];
  /** Who connects to the targets. */
  readonly caller: Caller;
  /** What lets the load balancer into the pods. */
  readonly intoPods: (port: number | undefined) => readonly Passage[];
}

/** Load balancer and listeners, with the groups and routes that let callers in. */
export function frontOf(landscape: Landscape, balancer: MadeBalancer): Front {
  const { internetFacing, listening, groups, object, title } = balancer;
  const place = placeOf(object.block);
  const subnets = landscape.network.forLoadBalancer(internetFacing);
  const admission = groups.length === 0 ? ownGroups(landscape, balancer) : namedGroups(landscape, balancer);
  const name = `${object.namespace}/${object.name}`;
  const findings: readonly Finding[] = [
    ...(subnets.found
      ? []
      : [
          {
            hole: "no-subnet",
            says: `${title} of ${name} finds no ${internetFacing ? "public" : "private"} subnet: none has the tag kubernetes.io/role/${internetFacing ? "elb" : "internal-elb"}.`,
            place,
          } as const,
        ]),
    ...subnets.passages.filter(({ lets }) => !lets).map((passage) => refusal(passage, name)),
    ...admission.passages.filter(({ lets }) => !lets).map((passage) => refusal(passage, name)),
    ...tlsFindings(admission.from, listening, name, place),
  ];
  return {
    from: admission.from,
    findings,
    hops: [
      {
        stop: "load-balancer",
        says: `${internetFacing ? "internet-facing" : "internal"} ${title}`,
        place,
        passages: subnets.passages,
      },
      { stop: "listener", says: listening.map(saysListening).join("; "), place, passages: admission.passages },
    ],
    caller: {
      kind: "network",
      cidrs: landscape.balancerCidrs(internetFacing),
      says: "subnet of the load balancer",
    },
    intoPods: (port) => intoPods(landscape, balancer, port),
  };
}

/** Groups that the controller makes: they admit what the object says, or everything that reaches the load balancer. */
function ownGroups(landscape: Landscape, { internetFacing, cidrs, prefixLists, listening }: MadeBalancer) {
  const everywhere: Origin = internetFacing ? { kind: "internet" } : landscape.network.inside;
  const named: readonly Origin[] = [
    ...(cidrs.length === 0 ? [] : [{ kind: "networks", cidrs } as const]),
    ...prefixLists.map((name) => ({ kind: "prefix-list", name }) as const),
  ];
  const from = named.length === 0 ? [everywhere] : named;
  const passage: Passage = {
    kind: "security-group",
    lets: true,
    says: `group of the AWS Load Balancer Controller lets in ${from.map(saysOrigin).join(", ")} on ${ports(listening)}`,
  };
  return { from, passages: [passage] };
}

function namedGroups(landscape: Landscape, { groups, listening, internetFacing }: MadeBalancer) {
  const rules = landscape.groups.rules.filter(
    ({ direction, group }) => direction === "ingress" && groups.includes(group),
  );
  const open = rules.filter(({ from, to }) => listening.some(({ port }) => from <= port && port <= to));
  const known = rules.length > 0 || groups.some((group) => group.includes(": "));
  if (!known) {
    const passage: Passage = {
      kind: "security-group",
      lets: true,
      says: `groups ${groups.join(", ")} are made elsewhere; whom they let in is not seen here`,
    };
    return { from: [internetFacing ? ({ kind: "internet" } as const) : landscape.network.inside], passages: [passage] };
  }
  const cidrs = open.flatMap((rule) => rule.cidrs);
  const from: readonly Origin[] = [
    ...(cidrs.length === 0 ? [] : [{ kind: "networks", cidrs } as const]),
    ...open.flatMap((rule) => rule.prefixLists).map((name) => ({ kind: "prefix-list", name }) as const),
    ...open.flatMap((rule) => rule.groups).map((id) => ({ kind: "security-group", id }) as const),
  ];
  const passages = listening.map((one): Passage => {
    const rule = open.find(({ from: low, to }) => low <= one.port && one.port <= to);
    return rule === undefined
      ? { kind: "security-group", lets: false, says: `${groups.join(", ")} lets nobody in on ${one.port}` }
      : {
          kind: "security-group",
          lets: true,
          place: placeOf(rule.block),
          says: `lets in ${[...rule.cidrs, ...rule.prefixLists, ...rule.groups].join(", ")} on ${one.port}`,
        };
  });
  return { from, passages };
}

function intoPods(
  landscape: Landscape,
  { groups, opensBackend }: MadeBalancer,
  port: number | undefined,
): readonly Passage[] {
  if (port === undefined) return [];
  if (groups.length === 0 || opensBackend) {
    return [
      {
        kind: "security-group",
        lets: true,
        says: `the AWS Load Balancer Controller opens the pods' group for its load balancers on ${port}`,
      },
    ];
  }
  const { clusterGroup } = landscape;
  const rule =
    clusterGroup === undefined
      ? undefined
      : groups
          .map((group) => landscape.groups.permits(clusterGroup, "ingress", port, { group }))
          .find((found) => found !== undefined);
  return [
    rule === undefined
      ? {
          kind: "security-group",
          lets: false,
          says: `the group of nodes and pods lets ${groups.join(", ")} in on no port ${port}`,
        }
      : {
          kind: "security-group",
          lets: true,
          place: placeOf(rule.block),
          says: `the group of nodes and pods lets the load balancer in on ${port}`,
        },
  ];
}

const ports = (listening: readonly Listening[]) => listening.map(({ port }) => port).join(", ");

/** A listener in a line; what is absent is said. */
export function saysListening({ port, tls, policy, certificate, redirectsTo }: Listening): string {
  if (redirectsTo !== undefined) return `${port} redirects to ${redirectsTo}`;
  if (!tls) return `${port} without TLS`;
  const presents = certificate === undefined ? "certificate found by host" : `certificate ${certificate}`;
  return `${port} TLS, ${policy === undefined ? "policy of the controller's choice" : `policy ${policy}`}, ${presents}`;
}

/** TLS policies of load balancers, API Gateway and CloudFront that take TLS 1.0 or 1.1. Source: their developer guides. */
const old =
  /^(ELBSecurityPolicy-(2016-08|2015-05|TLS-1-0-2015-04|TLS-1-1-2017-01|FS-2018-06|FS-1-1-2019-08|TLS13-1-0-2021-06|TLS13-1-1-2021-06)|TLS_1_0|SSLv3|TLSv1|TLSv1_2016|TLSv1\.1_2016)$/;

/** What is weak about how a door encrypts. */
export function tlsFindings(
  from: readonly Origin[],
  listening: readonly Listening[],
  name: string,
  place: string,
): readonly Finding[] {
  const answering = listening.filter(({ redirectsTo }) => redirectsTo === undefined);
  const clear = answering.filter(({ tls }) => !tls);
  const encrypted = answering.filter(({ tls, untrusted }) => tls && untrusted !== true);
  const findings: Finding[] = [];
  if (clear.length > 0 && isInternet(from)) {
    findings.push(
      encrypted.length === 0
        ? {
            hole: "clear-text",
            says: `${name} answers the internet on ${ports(clear)} without TLS; give it a certificate.`,
            place,
          }
        : {
            hole: "no-redirect",
            says: `${name} answers on ${ports(clear)} without TLS beside ${ports(encrypted)}; redirect it.`,
            place,
          },
    );
  }
  for (const { port, policy } of encrypted) {
    if (policy !== undefined && old.test(policy)) {
      findings.push({
        hole: "old-tls",
        says: `${name} takes TLS older than 1.2 on ${port}, by policy ${policy}.`,
        place,
      });
    }
  }
  return findings;
}
