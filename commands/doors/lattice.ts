import { placeOf } from "../terraform-json/environment-json";
import { textAt } from "../terraform-json/json";
import type { KubernetesObject } from "../terraform-json/kubernetes-objects";
import { toService } from "./backend";
import type { Landscape } from "./landscape";
import { makeWay } from "./make-way";
import type { Finding, Hop, Passage, Way } from "./way";

interface LatticeLeg {
  readonly id: string;
  readonly route: KubernetesObject;
  readonly gateway: KubernetesObject;
  readonly listeners: readonly unknown[];
  readonly backend: unknown;
  readonly rule: Hop;
  readonly findings: readonly Finding[];
}

/** A way through VPC Lattice: from the VPCs of the service network to pods. */
export function latticeWay(landscape: Landscape, leg: LatticeLeg): Way {
  const { route, gateway, listeners, backend } = leg;
  const network = landscape
    .blocks("aws_vpclattice_service_network")
    .find((block) => textAt(block.arguments, "name") === gateway.name);
  const associations =
    network === undefined
      ? []
      : landscape.naming("aws_vpclattice_service_network_vpc_association", "service_network_identifier", network);
  const listening = listeners.map((listener) => ({
    port: Number(textAt(listener, "port")),
    tls: textAt(listener, "protocol") === "HTTPS",
  }));
  const authType = textAt(network?.arguments, "auth_type") ?? "NONE";
  const caller = {
    kind: "network",
    cidrs: ["169.254.171.0/24"],
    says: "VPC Lattice",
  } as const;
  const findings: Finding[] = [...leg.findings];
  if (landscape.release("aws-gateway-controller-chart") === undefined) {
    findings.push({
      hole: "no-controller",
      says: `The AWS Gateway API Controller, which serves ${route.kind} ${route.namespace}/${route.name}, is not installed.`,
      place: placeOf(route.block),
    });
  }
  if (associations.length === 0) {
    findings.push({
      hole: "no-network-association",
      says: `The service network ${gateway.name} is ${network === undefined ? "not there" : "associated with no VPC"}, so nobody reaches ${route.name}.`,
      ...(network === undefined ? {} : { place: placeOf(network) }),
    });
  }
  const [association] = associations;
  return makeWay({
    id: `lattice/${leg.id}`,
    kind: "lattice",
    // The services of a mesh are declared by the mesh itself, for pods and not as doors.
    declaredAs: landscape.declared.filter((key) => key.startsWith("mesh/lattice/")),
    front: {
      from: [landscape.network.inside],
      findings: [],
      hops: [
        {
          stop: "load-balancer",
          says: `VPC Lattice, service network ${gateway.name}`,
          ...(network === undefined ? {} : { place: placeOf(network) }),
          passages: associations.map((block) => ({
            kind: "subnet-route",
            lets: true,
            place: placeOf(block),
            says: "the VPC is associated with the service network",
          })),
        },
        {
          stop: "listener",
          says: listening.map(({ port, tls }) => `${port} ${tls ? "TLS" : "without TLS"}`).join("; "),
          place: placeOf(gateway.block),
          passages: associationGroups(landscape, association, listening[0]?.port),
        },
      ],
    },
    listening,
    authentication: authType === "AWS_IAM" ? "signed by an IAM principal" : undefined,
    waf: undefined,
    knows: { authentication: true, waf: false },
    before: [],
    middle: [leg.rule, { stop: "target-group", says: "pods, by address", passages: [] }],
    backend: toService(
      landscape,
      {
        namespace: textAt(backend, "namespace") ?? route.namespace,
        name: textAt(backend, "name") ?? "",
        port: textAt(backend, "port"),
      },
      caller,
      (port) => fromLattice(landscape, port),
    ),
    findings,
  });
}

/** Who of a VPC may talk to the service network: the groups of the association. */
function associationGroups(
  landscape: Landscape,
  association: ReturnType<Landscape["blocks"]>[number] | undefined,
  port: number | undefined,
): readonly Passage[] {
  if (association === undefined || port === undefined) return [];
  const groups = landscape.references.identities(association.stack, association.arguments["security_group_ids"]);
  return groups.map((group) => ({
    kind: "security-group",
    lets: true,
    place: placeOf(association),
    says: `whom ${group} lets in`,
  }));
}

/** Whether the pods' group lets Lattice's addresses in, which come from its prefix list. */
function fromLattice(landscape: Landscape, port: number | undefined): readonly Passage[] {
  const { clusterGroup } = landscape;
  if (port === undefined || clusterGroup === undefined) return [];
  const lists = landscape
    .blocks("aws_ec2_managed_prefix_list", "data")
    .filter(({ arguments: given }) => textAt(given, "name")?.endsWith(".vpc-lattice") === true)
    .map((block) => `${placeOf(block)}.id`);
  const rule = landscape.groups.rules.find(
    ({ group, direction, prefixLists, from, to }) =>
      group === clusterGroup &&
      direction === "ingress" &&
      from <= port &&
      port <= to &&
      prefixLists.some((list) => lists.includes(list)),
  );
  return [
    rule === undefined
      ? {
          kind: "security-group",
          lets: false,
          says: `the group of nodes and pods does not let VPC Lattice in on ${port}`,
        }
      : {
          kind: "security-group",
          lets: true,
          place: placeOf(rule.block),
          says: `the group of nodes and pods lets VPC Lattice in on ${port}`,
        },
  ];
}
