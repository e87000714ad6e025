import { placeOf } from "../terraform-json/environment-json";
import { at, listAt, mapAt, numberAt, textAt } from "../terraform-json/json";
import type { KubernetesObject } from "../terraform-json/kubernetes-objects";
import { controllerFinding } from "./alb";
import { type Backend, labelsOf, toPods } from "./backend";
import { frontOf } from "./balancer";
import type { Landscape } from "./landscape";
import { makeWay, noBackend } from "./make-way";
import { selects } from "./network-policies";
import { recordHops } from "./records";
import { serviceBalancer, shapeOf } from "./services";
import type { Finding, Hop, Way } from "./way";

/** Services whose pods are gateways of App Mesh. */
export function meshGatewayServices(landscape: Landscape): ReadonlySet<KubernetesObject> {
  return new Set(gateways(landscape).flatMap(({ service }) => (service === undefined ? [] : [service])));
}

interface MeshGateway {
  readonly gateway: KubernetesObject;
  readonly service: KubernetesObject | undefined;
}

function gateways(landscape: Landscape): readonly MeshGateway[] {
  return landscape.ofKind("VirtualGateway").map((gateway) => ({
    gateway,
    service: landscape
      .ofKind("Service")
      .find(
        ({ namespace, spec }) =>
          namespace === gateway.namespace &&
          textAt(spec, "type") === "LoadBalancer" &&
          selects(at(gateway.spec, "podSelector"), mapAt(spec, "selector")),
      ),
  }));
}

/** Ways into an App Mesh: each route of a gateway, and each node that its service leads to. */
export function appMeshWays(landscape: Landscape): readonly Way[] {
  return gateways(landscape).flatMap(({ gateway, service }) =>
    service === undefined
      ? []
      : landscape
          .ofKind("GatewayRoute")
          .filter(({ namespace }) => namespace === gateway.namespace)
          .flatMap((route) => ends(landscape, route).map((end) => way(landscape, gateway, service, route, end))),
  );
}

interface End {
  readonly name: string;
  readonly hops: readonly Hop[];
  readonly backend: Pick<Backend, "hops" | "findings" | "workload">;
}

function ends(landscape: Landscape, route: KubernetesObject): readonly End[] {
  const target = at(route.spec, "httpRoute", "action", "target", "virtualService", "virtualServiceRef");
  const namespace = textAt(target, "namespace") ?? route.namespace;
  const name = textAt(target, "name") ?? "";
  const service = landscape.object("VirtualService", namespace, name);
  const lost = (what: string, id = name): readonly End[] => [
    {
      name: id,
      hops: [],
      backend: {
        ...noBackend,
        findings: [
          {
            hole: "mesh-leads-nowhere",
            says: `GatewayRoute ${route.namespace}/${route.name} leads to ${what}, which is not there.`,
            place: placeOf(route.block),
          },
        ],
      },
    },
  ];
  if (service === undefined) return lost(`the VirtualService ${namespace}/${name}`);
  const routerName = textAt(service.spec, "provider", "virtualRouter", "virtualRouterRef", "name");
  if (routerName === undefined) {
    const node = textAt(service.spec, "provider", "virtualNode", "virtualNodeRef", "name") ?? "";
    return [toNode(landscape, namespace, node, undefined) ?? lost(`the VirtualNode ${node}`, node)].flat();
  }
  const router = landscape.object("VirtualRouter", namespace, routerName);
  if (router === undefined) return lost(`the VirtualRouter ${routerName}`);
  return listAt(router.spec, "routes").flatMap((one) =>
    listAt(one, "httpRoute", "action", "weightedTargets").flatMap((weighted) => {
      const node = textAt(weighted, "virtualNodeRef", "name") ?? "";
      return [
        toNode(landscape, namespace, node, textAt(weighted, "weight")) ?? lost(`the VirtualNode ${node}`, node),
      ].flat();
    }),
  );
}

function toNode(landscape: Landscape, namespace: string, name: string, weight: string | undefined): End | undefined {
  const node = landscape.object("VirtualNode", namespace, name);
  if (node === undefined) return undefined;
  const labels = mapAt(node.spec, "podSelector", "matchLabels");
  const port = numberAt(listAt(node.spec, "listeners")[0], "portMapping", "port");
  const caller = { kind: "pods", namespace, labels: {}, says: "pod of the mesh's gateway" } as const;
  return {
    name,
    hops: [
      {
        stop: "service",
        says: `virtual node ${name}${weight === undefined ? "" : `, weight ${weight}`}`,
        place: placeOf(node.block),
        passages: [],
      },
    ],
    backend: toPods(landscape, namespace, labels, String(port), caller),
  };
}

function way(
  landscape: Landscape,
  gateway: KubernetesObject,
  service: KubernetesObject,
  route: KubernetesObject,
  end: End,
): Way {
  const balancer = serviceBalancer(landscape, shapeOf(service), service);
  const front = frontOf(landscape, balancer);
  const [port] = listAt(service.spec, "ports");
  const pods = toPods(
    landscape,
    service.namespace,
    mapAt(service.spec, "selector"),
    textAt(port, "targetPort"),
    front.caller,
    front.intoPods,
  );
  const findings: readonly Finding[] = [
    ...pods.findings,
    ...controllerFinding(landscape, service),
    ...(landscape.release("appmesh-controller") === undefined
      ? [
          {
            hole: "no-controller",
            says: `The App Mesh controller, which serves GatewayRoute ${route.namespace}/${route.name}, is not installed.`,
            place: placeOf(route.block),
          } as const,
        ]
      : []),
  ];
  const proxy: readonly Hop[] = pods.hops.map((hop) => ({
    ...hop,
    stop: "proxy",
    says: `App Mesh gateway ${gateway.name}${pods.pods === undefined ? "" : ` (${Object.values(labelsOf(pods.pods)).join(", ")})`}: ${hop.says}`,
  }));
  return makeWay({
    id: `app-mesh/${route.namespace}/${route.name}#${end.name}`,
    kind: "app-mesh",
    declaredAs: landscape.declared.filter((key) => key === `mesh/app-mesh/${gateway.name}`),
    front,
    listening: balancer.listening,
    authentication: undefined,
    waf: undefined,
    knows: { authentication: true, waf: false },
    before: recordHops(
      landscape,
      service.annotations["external-dns.alpha.kubernetes.io/hostname"],
      [],
      service.annotations,
    ),
    middle: [
      { stop: "target-group", says: "pods, by address", place: placeOf(service.block), passages: [] },
      ...proxy,
      {
        stop: "rule",
        says: `paths below ${textAt(route.spec, "httpRoute", "match", "prefix") ?? "/"}`,
        place: placeOf(route.block),
        passages: [],
      },
      ...end.hops,
    ],
    backend: end.backend,
    findings,
  });
}
