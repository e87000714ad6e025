import { placeOf } from "../terraform-json/environment-json";
import { listAt, mapAt, textAt, textsAt } from "../terraform-json/json";
import type { KubernetesObject, Release } from "../terraform-json/kubernetes-objects";
import { controllerFinding } from "./alb";
import { toPods } from "./backend";
import { frontOf, type MadeBalancer } from "./balancer";
import { words } from "./ingress";
import type { Landscape } from "./landscape";
import { makeWay } from "./make-way";
import { type RecordTarget, recordHops } from "./records";
import type { Listening, Way } from "./way";

const prefix = "service.beta.kubernetes.io/aws-load-balancer-";
const nlbClass = "service.k8s.aws/nlb";

/** Spec of a Service as the values of a chart spell it. */
export interface ServiceShape {
  readonly annotations: Readonly<Record<string, string>>;
  readonly loadBalancerClass: string | undefined;
  readonly sourceRanges: readonly string[];
  readonly ports: readonly { readonly port: number; readonly protocol: string }[];
}

/** Whether the AWS Load Balancer Controller serves a Service; otherwise the cluster's own old code does. */
function isServed({ loadBalancerClass, annotations }: ServiceShape): boolean {
  return loadBalancerClass === nlbClass || ["external", "nlb-ip"].includes(annotations[`${prefix}type`] ?? "");
}

/** The load balancer of a Service of type LoadBalancer. */
export function serviceBalancer(
  landscape: Landscape,
  shape: ServiceShape,
  object: MadeBalancer["object"],
): MadeBalancer {
  const annotation = (name: string) => shape.annotations[`${prefix}${name}`];
  const { stack } = object.block;
  const identities = (name: string) =>
    words(annotation(name)).map((word) => landscape.references.identity(stack, word));
  const certificates = identities("ssl-cert");
  const withTls = words(annotation("ssl-ports"));
  const policy = annotation("ssl-negotiation-policy");
  const listening = shape.ports.map(({ port }): Listening => {
    const tls =
      certificates.length > 0 && (withTls.length === 0 || withTls.includes("*") || withTls.includes(String(port)));
    return {
      port,
      tls,
      ...(tls && policy !== undefined ? { policy } : {}),
      ...(tls ? { certificate: certificates.join(", ") } : {}),
    };
  });
  return {
    title: isServed(shape) ? "NLB" : "Classic Load Balancer",
    // The controller's default is internal, that of the cluster's old code is not.
    internetFacing: isServed(shape)
      ? annotation("scheme") === "internet-facing"
      : annotation("internal") !== "true" && annotation("scheme") !== "internal",
    listening,
    cidrs: shape.sourceRanges,
    prefixLists: identities("security-group-prefix-lists"),
    groups: identities("security-groups"),
    opensBackend: annotation("manage-backend-security-group-rules") === "true",
    object,
  };
}

export function shapeOf({ annotations, spec }: KubernetesObject): ServiceShape {
  return {
    annotations,
    loadBalancerClass: textAt(spec, "loadBalancerClass"),
    sourceRanges: textsAt(spec, "loadBalancerSourceRanges"),
    ports: listAt(spec, "ports").map((port) => ({
      port: Number(textAt(port, "port")),
      protocol: textAt(port, "protocol") ?? "TCP",
    })),
  };
}

/** The Service that a chart makes for a proxy, as its values describe it. */
export interface ProxyService {
  readonly release: Release;
  readonly shape: ServiceShape;
  readonly type: string;
  /** `<namespace>/<name>`, which the load balancer controller tags what it makes with. */
  readonly stack: string;
  readonly object: MadeBalancer["object"];
}

export function proxyService(
  release: Release,
  path: readonly string[],
  name: string,
  defaultPorts: readonly number[],
): ProxyService {
  const declared = listAt(release.values, ...path, "ports").flatMap((port) => {
    const number = textAt(port, "port");
    return number === undefined ? [] : [{ port: Number(number), protocol: textAt(port, "protocol") ?? "TCP" }];
  });
  return {
    release,
    type: textAt(release.values, ...path, "type") ?? "LoadBalancer",
    stack: `${release.namespace}/${name}`,
    object: { block: release.block, namespace: release.namespace, name },
    shape: {
      annotations: mapAt(release.values, ...path, "annotations"),
      loadBalancerClass: textAt(release.values, ...path, "loadBalancerClass"),
      sourceRanges: textsAt(release.values, ...path, "loadBalancerSourceRanges"),
      ports: declared.length > 0 ? declared : defaultPorts.map((port) => ({ port, protocol: "TCP" })),
    },
  };
}

export function serviceRecordTarget(stack: string): RecordTarget {
  return { kind: "stack", madeFrom: "service", name: stack };
}

/** Ways through load balancers that Services ask for, except those of mesh gateways. */
export function serviceWays(landscape: Landscape, elsewhere: ReadonlySet<KubernetesObject>): readonly Way[] {
  return landscape
    .ofKind("Service")
    .filter((service) => !elsewhere.has(service))
    .flatMap((service) => {
      const type = textAt(service.spec, "type");
      if (type === "NodePort") return [nodePort(landscape, service)];
      return type === "LoadBalancer"
        ? listAt(service.spec, "ports").map((port) => oneWay(landscape, service, port))
        : [];
    });
}

function oneWay(landscape: Landscape, service: KubernetesObject, port: unknown): Way {
  const balancer = serviceBalancer(landscape, shapeOf(service), service);
  const number = Number(textAt(port, "port"));
  const one = { ...balancer, listening: balancer.listening.filter((listener) => listener.port === number) };
  const front = frontOf(landscape, one);
  const annotated = service.annotations["external-dns.alpha.kubernetes.io/hostname"];
  return makeWay({
    id: `nlb/${service.namespace}/${service.name}/${number}`,
    kind: "nlb",
    declaredAs: landscape.declared.filter((key) => key.endsWith(`/nlb/${service.name}`)),
    front,
    listening: one.listening,
    authentication: undefined,
    waf: undefined,
    knows: { authentication: true, waf: false },
    before: recordHops(
      landscape,
      annotated,
      [serviceRecordTarget(`${service.namespace}/${service.name}`)],
      service.annotations,
    ),
    middle: [{ stop: "target-group", says: "pods, by address", place: placeOf(service.block), passages: [] }],
    backend: toPods(
      landscape,
      service.namespace,
      mapAt(service.spec, "selector"),
      textAt(port, "targetPort") ?? String(number),
      front.caller,
      front.intoPods,
    ),
    findings: balancer.title === "NLB" ? controllerFinding(landscape, service) : [],
  });
}

/** A port on every node, which the nodes' group has to let in. */
function nodePort(landscape: Landscape, service: KubernetesObject): Way {
  const caller = { kind: "network", cidrs: landscape.balancerCidrs(false), says: "node" } as const;
  const [first] = listAt(service.spec, "ports");
  return makeWay({
    id: `node-port/${service.namespace}/${service.name}`,
    kind: "node-port",
    declaredAs: landscape.declared.filter((key) => key.endsWith(`/node-port/${service.name}`)),
    front: {
      from: [landscape.network.inside],
      hops: [
        {
          stop: "listener",
          says: `port ${textAt(first, "nodePort") ?? "that Kubernetes picks"} on every node`,
          place: placeOf(service.block),
          passages: [],
        },
      ],
      findings: [],
    },
    listening: [],
    authentication: undefined,
    waf: undefined,
    knows: { authentication: false, waf: false },
    before: [],
    middle: [],
    backend: toPods(
      landscape,
      service.namespace,
      mapAt(service.spec, "selector"),
      textAt(first, "targetPort") ?? textAt(first, "port"),
      caller,
    ),
  });
}
