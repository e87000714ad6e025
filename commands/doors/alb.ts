import { placeOf } from "../terraform-json/environment-json";
import { listOf, objectOf, parsed, textAt } from "../terraform-json/json";
import type { KubernetesObject } from "../terraform-json/kubernetes-objects";
import { saysAsked } from "./asked";
import { toService } from "./backend";
import { frontOf, type MadeBalancer } from "./balancer";
import { albAnnotation, type IngressPath, ingressPaths, words } from "./ingress";
import type { Landscape } from "./landscape";
import { makeWay, noBackend } from "./make-way";
import { type RecordTarget, recordHops } from "./records";
import type { Finding, Hop, Listening, Way } from "./way";

/** Ingresses that become an ALB. */
export function albIngresses(landscape: Landscape): readonly KubernetesObject[] {
  return landscape
    .ofKind("Ingress")
    .filter(
      ({ spec, annotations }) =>
        (textAt(spec, "ingressClassName") ?? annotations["kubernetes.io/ingress.class"]) === "alb",
    );
}

/** What the load balancer controller names an Ingress' ALB after: its group, or itself. */
export function albStack(ingress: KubernetesObject): string {
  return albAnnotation(ingress, "group.name") ?? `${ingress.namespace}/${ingress.name}`;
}

export function albRecordTarget(ingress: KubernetesObject): RecordTarget {
  return { kind: "stack", madeFrom: "ingress", name: `${ingress.namespace}/${ingress.name}` };
}

/** Ports of an ALB, with what they do. */
export function albListening(ingress: KubernetesObject, landscape: Landscape): readonly Listening[] {
  const certificates = words(albAnnotation(ingress, "certificate-arn")).map((arn) =>
    landscape.references.identity(ingress.block.stack, arn),
  );
  const declared = listOf(parsed(albAnnotation(ingress, "listen-ports"))).flatMap((one) =>
    Object.entries(objectOf(one)).map(([protocol, port]) => ({ tls: protocol === "HTTPS", port: Number(port) })),
  );
  // The controller's own defaults.
  const ports =
    declared.length > 0 ? declared : certificates.length > 0 ? [{ tls: true, port: 443 }] : [{ tls: false, port: 80 }];
  const redirect = Number(albAnnotation(ingress, "ssl-redirect") ?? Number.NaN);
  const policy = albAnnotation(ingress, "ssl-policy");
  return ports.map(({ tls, port }) => ({
    port,
    tls,
    ...(tls && policy !== undefined ? { policy } : {}),
    ...(tls && certificates.length > 0 ? { certificate: certificates.join(", ") } : {}),
    ...(!tls && !Number.isNaN(redirect) ? { redirectsTo: redirect } : {}),
  }));
}

export function albBalancer(ingress: KubernetesObject, landscape: Landscape): MadeBalancer {
  const { stack } = ingress.block;
  const identities = (name: string) =>
    words(albAnnotation(ingress, name)).map((word) => landscape.references.identity(stack, word));
  return {
    title: "ALB",
    internetFacing: albAnnotation(ingress, "scheme") === "internet-facing",
    listening: albListening(ingress, landscape),
    cidrs: identities("inbound-cidrs"),
    prefixLists: identities("security-group-prefix-lists").map((id) => prefixListName(landscape, id)),
    groups: identities("security-groups"),
    opensBackend: albAnnotation(ingress, "manage-backend-security-group-rules") === "true",
    object: ingress,
  };
}

/** The name that AWS knows a list by, where it is looked up by name. */
function prefixListName(landscape: Landscape, identity: string): string {
  const found = landscape
    .blocks("aws_ec2_managed_prefix_list", "data")
    .find((block) => identity === `${placeOf(block)}.id`);
  return found === undefined ? identity : (textAt(found.arguments, "name") ?? identity);
}

/** How callers of an ALB show who they are. */
export function albAuthentication(ingress: KubernetesObject): string | undefined {
  const type = albAnnotation(ingress, "auth-type");
  const mutual = listOf(parsed(albAnnotation(ingress, "mutual-authentication")))
    .filter((one) => ["verify", "passthrough"].includes(textAt(one, "mode") ?? ""))
    .map((one) => `client certificates (${textAt(one, "mode")})`);
  const jwt = parsed(albAnnotation(ingress, "jwt-validation"));
  const ways = [
    ...(type === "oidc" ? [`OIDC, ${textAt(parsed(albAnnotation(ingress, "auth-idp-oidc")), "issuer")}`] : []),
    ...(type === "cognito"
      ? [`Cognito, ${textAt(parsed(albAnnotation(ingress, "auth-idp-cognito")), "userPoolARN")}`]
      : []),
    ...(jwt === undefined ? [] : [`JWT of ${textAt(jwt, "issuer")}`]),
    ...mutual,
  ];
  return ways.length === 0 ? undefined : ways.join(" and ");
}

export function albWaf(ingress: KubernetesObject, landscape: Landscape): string | undefined {
  const acl = albAnnotation(ingress, "wafv2-acl-arn") ?? albAnnotation(ingress, "wafv2-acl-name");
  return acl === undefined ? undefined : landscape.references.identity(ingress.block.stack, acl);
}

/** Whether anything makes ALBs and NLBs: the controller's chart, or Auto Mode. */
export function controllerFinding(landscape: Landscape, object: KubernetesObject): readonly Finding[] {
  const auto = landscape
    .blocks("aws_eks_cluster")
    .some(
      (cluster) =>
        textAt(cluster.arguments, "kubernetes_network_config", "elastic_load_balancing", "enabled") === "true",
    );
  if (auto || landscape.release("aws-load-balancer-controller") !== undefined) return [];
  return [
    {
      hole: "no-controller",
      says: `${object.kind} ${object.namespace}/${object.name} asks for a load balancer, and the AWS Load Balancer Controller is not installed.`,
      place: placeOf(object.block),
    },
  ];
}

/** The part of a way from an ALB's rule to pods. */
export function albTargets(
  landscape: Landscape,
  ingress: KubernetesObject,
  { targets, instead, host, path, asked }: IngressPath,
): readonly {
  readonly service: string;
  readonly middle: readonly Hop[];
  readonly backend: ReturnType<typeof toService> | typeof noBackend;
}[] {
  const front = frontOf(landscape, albBalancer(ingress, landscape));
  const rule = (more: string): Hop => ({
    stop: "rule",
    says: `host ${host}, paths below ${path}${saysAsked(asked)}${more}`,
    place: placeOf(ingress.block),
    passages: [],
  });
  if (instead !== undefined) return [{ service: "", middle: [rule(`: ${instead}`)], backend: noBackend }];
  const byNode = albAnnotation(ingress, "target-type") === "instance";
  return targets.map(({ service, port, weight }) => {
    const backend = toService(
      landscape,
      { namespace: ingress.namespace, name: service, port },
      front.caller,
      front.intoPods,
    );
    const group: Hop = {
      stop: "target-group",
      says: byNode ? "nodes, by node port" : "pods, by address",
      passages: [],
    };
    return { service, middle: [rule(weight === undefined ? "" : `, weight ${weight}`), group], backend };
  });
}

/** Ways through ALBs that Ingresses ask for. */
export function albWays(landscape: Landscape, behindCloudFront: ReadonlySet<KubernetesObject>): readonly Way[] {
  return albIngresses(landscape)
    .filter((ingress) => !behindCloudFront.has(ingress))
    .flatMap((ingress) => ingressPaths(ingress).flatMap((path) => waysOf(landscape, ingress, path)));
}

function waysOf(landscape: Landscape, ingress: KubernetesObject, path: IngressPath): readonly Way[] {
  const balancer = albBalancer(ingress, landscape);
  const front = frontOf(landscape, balancer);
  const group = albAnnotation(ingress, "group.name");
  const mesh = landscape.declared.filter(
    (key) => key.startsWith("mesh/lattice/") && group?.endsWith(`-${key.slice("mesh/lattice/".length)}`),
  );
  return albTargets(landscape, ingress, path).map(({ service, middle, backend }) =>
    makeWay({
      id: `alb/${ingress.namespace}/${ingress.name}/${path.host}${path.path}${path.targets.length > 1 ? `#${service}` : ""}`,
      kind: "alb",
      declaredAs: [...landscape.declared.filter((key) => key.endsWith(`/alb/${ingress.name}`)), ...mesh],
      front,
      listening: balancer.listening,
      authentication: albAuthentication(ingress),
      waf: albWaf(ingress, landscape),
      before: recordHops(landscape, path.host, [albRecordTarget(ingress)], ingress.annotations),
      middle,
      backend,
      findings: [
        ...controllerFinding(landscape, ingress),
        ...(path.instead?.endsWith("not there")
          ? [
              {
                hole: "no-service",
                says: `Ingress ${ingress.namespace}/${ingress.name} leads to the ${path.instead}.`,
                place: placeOf(ingress.block),
              } as const,
            ]
          : []),
      ],
    }),
  );
}
