import { reverseProxyName } from "../modules/api-gateway/reverse-proxy-name";
import type { ApiGatewayRoute } from "../modules/api-gateway/route-schema";
import type { GatewayRoute } from "../modules/gateway/route-schema";
import { gatewayLabels, membersOf } from "../modules/mesh/members";
import {
  type Allowed,
  addressesOf,
  everywhere,
  instanceMetadata,
  internet,
  lattice,
  type Peer,
  type PodConnections,
  podIdentityAgent,
  podsOf,
} from "../modules/network-policies/connections";
import type { Call } from "../modules/workloads/calls-schema";
import { workloadLabels } from "../modules/workloads/labels";
import { httpHealthCheck } from "../modules/workloads/probes";
import type { Environment } from "./environment";
import { controllerBalancers, controllerNamespace } from "./install-controllers";
import { doorTable, routesWithFacts } from "./route";

/** Networks that load balancers answer from, by who can reach them. */
export interface BalancerSubnets {
  readonly "internet-facing": readonly string[];
  readonly internal: readonly string[];
}

type Workload = Environment["workloads"][string];
type RouteWithFacts = ReturnType<typeof routesWithFacts>[number];

const https = [{ port: 443 }];

function portsOf(workload: Workload): Allowed["ports"] {
  const probed = httpHealthCheck(workload)?.port;
  const ports = [workload.port, ...(probed === undefined || probed === workload.port ? [] : [probed])];
  return ports.map((port) => ({ port }));
}

/** Ports that other workloads call, by TCP. */
function calledPorts({ port, morePorts }: Workload): Allowed["ports"] {
  const more = Object.values(morePorts).filter(({ protocol }) => protocol === "TCP");
  return [port, ...more.map((one) => one.port)].map((one) => ({ port: one }));
}

/** Who connects to the pods of a route: a controller's pods, a reverse proxy's, or a load balancer. */
function callersOf(route: RouteWithFacts, environment: Environment, subnets: BalancerSubnets): readonly Peer[] {
  const { controllers, gateways, apis } = environment;
  const { kind } = route.route;
  const controller = controllerBalancers(controllers).find(({ name }) => doorTable[kind].controllers.includes(name));
  const namespace = controller === undefined ? undefined : controllerNamespace(controller.name, controllers);
  if (namespace !== undefined) return [podsOf(namespace)];
  const from = (exposure: keyof BalancerSubnets) => subnets[exposure].map(addressesOf);
  switch (kind) {
    case "gateway":
      return from(gateways[(route.route as GatewayRoute).gateway]?.exposure ?? "internal");
    case "api-gateway": {
      const { api: name, integration } = route.route as ApiGatewayRoute;
      const api = apis[name];
      if (integration.kind !== "workload") return [];
      return api?.kind === "rest" && api.reverseProxy.kind === "nginx"
        ? [podsOf(route.owner.namespace, { app: reverseProxyName(name) })]
        : from("internal");
    }
    // CloudFront and ACK's APIs come by an internal load balancer, whoever calls them.
    case "cloudfront":
    case "ack-api-gateway":
      return from("internal");
    default:
      return from(route.facts.exposure);
  }
}

function called(call: Call, { workloads }: Environment): readonly Allowed[] {
  switch (call.kind) {
    case "workload": {
      const workload = workloads[call.workload];
      if (workload === undefined) return [];
      return [
        {
          peers: [podsOf(workload.namespace, workloadLabels(call.workload, workload))],
          ports: calledPorts(workload),
        },
      ];
    }
    case "network":
      return [{ peers: [addressesOf(call.cidr)], ports: call.ports.map((port) => ({ port })) }];
    case "internet":
      return [{ peers: [internet], ports: call.ports.map((port) => ({ port })) }];
  }
}

/** What credentials come from, and the APIs they are for. */
function toAws({ aws }: Workload, { identity }: Environment): readonly Allowed[] {
  const apis: Allowed = { peers: [everywhere], ports: https };
  switch (aws.kind) {
    case "none":
      return [];
    case "kube2iam":
      return [{ peers: [instanceMetadata], ports: [{ port: 80 }] }, apis];
    case "role":
      return identity.workloads === "irsa" ? [apis] : [{ peers: [podIdentityAgent], ports: [{ port: 80 }] }, apis];
  }
}

/** What a workload has to do with a mesh: calls of members, and the mesh's own door. */
function inMesh(
  name: string,
  workload: Workload,
  { mesh }: Environment,
  subnets: BalancerSubnets,
): Pick<PodConnections, "ingress" | "egress"> {
  const member = mesh === undefined ? undefined : membersOf(mesh).find((one) => one.workload === name);
  if (mesh === undefined || member === undefined) return { ingress: [], egress: [] };
  const all: readonly Allowed[] = mesh.egress === "DROP_ALL" ? [] : [{ peers: [everywhere], ports: [] }];
  if (mesh.kind === "app-mesh") {
    const neighbours: Allowed = { peers: [podsOf(mesh.namespace)], ports: [] };
    // Envoys ask App Mesh for their configuration.
    return { ingress: [neighbours], egress: [neighbours, { peers: [everywhere], ports: https }, ...all] };
  }
  const doors = mesh.gateway === undefined ? [] : subnets[mesh.gateway.exposure].map(addressesOf);
  const ports = member.backends.flatMap((service) => mesh.services[service]?.port ?? []).map((port) => ({ port }));
  return {
    ingress: [{ peers: [lattice, ...doors], ports: portsOf(workload) }],
    egress: [...(ports.length === 0 ? [] : [{ peers: [lattice], ports }]), ...all],
  };
}

/** Several doors may come by the same subnets. */
function distinct(all: readonly Allowed[]): readonly Allowed[] {
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}

/** Connections of each workload's pods, as routes, calls and the mesh have them. */
function ofWorkloads(environment: Environment, subnets: BalancerSubnets): readonly PodConnections[] {
  const { workloads } = environment;
  const routes = routesWithFacts(environment);
  return Object.entries(workloads).map(([name, workload]) => {
    const doors = routes
      .filter(({ owner, route }) => owner.name === name || ("canary" in route && route.canary?.workload === name))
      .map((route) => ({ peers: callersOf(route, environment, subnets), ports: portsOf(workload) }))
      .filter(({ peers }) => peers.length > 0);
    const neighbours = Object.entries(workloads)
      .filter(([, { calls }]) => calls.some((call) => call.kind === "workload" && call.workload === name))
      .map(([caller, other]) => podsOf(other.namespace, workloadLabels(caller, other)));
    const { emissary } = environment.controllers;
    const asked = [emissary?.externalAuth?.workload, emissary?.rateLimit?.workload].includes(name);
    const mesh = inMesh(name, workload, environment, subnets);
    // Pods that have names of their own have them for each other.
    const members: readonly Allowed[] =
      workload.runs.kind === "stateful-set"
        ? [{ peers: [podsOf(workload.namespace, workloadLabels(name, workload))], ports: [] }]
        : [];
    return {
      name,
      namespace: workload.namespace,
      selector: workloadLabels(name, workload),
      ingress: distinct([
        ...doors,
        ...(neighbours.length === 0 ? [] : [{ peers: neighbours, ports: calledPorts(workload) }]),
        ...members,
        ...(asked && emissary !== undefined
          ? [{ peers: [podsOf(emissary.namespace)], ports: [{ port: workload.port }] }]
          : []),
        ...mesh.ingress,
      ]),
      egress: [
        ...workload.calls.flatMap((call) => called(call, environment)),
        ...toAws(workload, environment),
        // The API server has addresses that nobody knows before.
        ...(workload.kubernetes === undefined ? [] : [{ peers: [everywhere], ports: https }]),
        ...members,
        ...mesh.egress,
      ],
    };
  });
}

/** Pods that stand between a door and workloads without being one: reverse proxies of APIs, Envoys of a mesh's gateway. */
function ofHelpers(environment: Environment, subnets: BalancerSubnets): readonly PodConnections[] {
  const { apis, mesh, workloads } = environment;
  const proxies = Object.entries(apis).flatMap(([name, api]): readonly PodConnections[] => {
    if (api.kind !== "rest" || api.reverseProxy.kind !== "nginx") return [];
    const behind = routesWithFacts(environment).filter(
      ({ route }) => route.kind === "api-gateway" && route.api === name && route.integration.kind === "workload",
    );
    const [first] = behind;
    if (first === undefined) return [];
    const targets = [...new Set(behind.map(({ owner }) => owner.name))].flatMap((owner) => {
      const workload = workloads[owner];
      return workload === undefined
        ? []
        : [{ peers: [podsOf(workload.namespace, workloadLabels(owner, workload))], ports: [{ port: workload.port }] }];
    });
    return [
      {
        name: reverseProxyName(name),
        namespace: first.owner.namespace,
        selector: { app: reverseProxyName(name) },
        ingress: [{ peers: subnets.internal.map(addressesOf), ports: [{ port: api.reverseProxy.port }] }],
        egress: targets,
      },
    ];
  });
  if (mesh?.kind !== "app-mesh" || mesh.gateway === undefined) return proxies;
  const { name, exposure, port } = mesh.gateway;
  const members: Allowed = { peers: [podsOf(mesh.namespace)], ports: [] };
  return [
    ...proxies,
    {
      name,
      namespace: mesh.namespace,
      selector: { ...gatewayLabels },
      ingress: [{ peers: subnets[exposure].map(addressesOf), ports: [{ port }] }],
      egress: [members, { peers: [everywhere], ports: https }],
    },
  ];
}

/** Connections of all pods that the environment's workloads are made of. */
export function connectionsOf(environment: Environment, subnets: BalancerSubnets): readonly PodConnections[] {
  return [...ofWorkloads(environment, subnets), ...ofHelpers(environment, subnets)];
}
