import { type Block, placeOf } from "../terraform-json/environment-json";
import { at, mapAt, textAt, textsAt } from "../terraform-json/json";
import type { KubernetesObject } from "../terraform-json/kubernetes-objects";
import { albBalancer, albIngresses, albStack, albTargets, controllerFinding } from "./alb";
import { frontOf, tlsFindings } from "./balancer";
import { ingressPaths } from "./ingress";
import type { Landscape } from "./landscape";
import { makeWay, noBackend } from "./make-way";
import { recordHops } from "./records";
import { type Finding, isInternet, type Listening, type Way } from "./way";

const originFacing = "com.amazonaws.global.cloudfront.origin-facing";

/** A distribution and the Ingress whose ALB it comes to. */
interface Origin {
  readonly distribution: Block;
  readonly ingress: KubernetesObject | undefined;
}

function origins(landscape: Landscape): readonly Origin[] {
  return landscape.blocks("aws_cloudfront_distribution").map((distribution) => {
    const vpcOrigin = landscape.follow(
      distribution,
      at(distribution.arguments, "origin", "vpc_origin_config", "vpc_origin_id"),
    );
    const balancer =
      vpcOrigin === undefined
        ? undefined
        : landscape.follow(vpcOrigin, at(vpcOrigin.arguments, "vpc_origin_endpoint_config", "arn"));
    const stack = mapAt(balancer?.arguments, "tags")["ingress.k8s.aws/stack"];
    return { distribution, ingress: albIngresses(landscape).find((ingress) => albStack(ingress) === stack) };
  });
}

/** Ingresses whose ALB nobody but CloudFront reaches; they are no ways of their own. */
export function behindCloudFront(landscape: Landscape): ReadonlySet<KubernetesObject> {
  return new Set(
    origins(landscape).flatMap(({ ingress }) =>
      ingress !== undefined && bypass(landscape, ingress) === undefined ? [ingress] : [],
    ),
  );
}

/** How an origin can be reached without CloudFront. */
function bypass(landscape: Landscape, ingress: KubernetesObject): string | undefined {
  const { from } = frontOf(landscape, albBalancer(ingress, landscape));
  if (isInternet(from)) return "the internet";
  const others = from.filter((origin) => origin.kind !== "prefix-list" || origin.name !== originFacing);
  return others.length === 0 ? undefined : "networks that reach the VPC";
}

export function cloudFrontWays(landscape: Landscape): readonly Way[] {
  return origins(landscape).flatMap(({ distribution, ingress }) => way(landscape, distribution, ingress));
}

function listeningOf(distribution: Block, landscape: Landscape): readonly Listening[] {
  const given = distribution.arguments;
  const certificate = textAt(given, "viewer_certificate", "acm_certificate_arn");
  const policy = textAt(given, "viewer_certificate", "minimum_protocol_version");
  const viewer = textAt(given, "default_cache_behavior", "viewer_protocol_policy");
  const https: Listening = {
    port: 443,
    tls: true,
    ...(policy === undefined ? {} : { policy }),
    certificate:
      certificate === undefined ? "CloudFront's own" : landscape.references.identity(distribution.stack, certificate),
  };
  if (viewer === "https-only") return [https];
  return [{ port: 80, tls: false, ...(viewer === "redirect-to-https" ? { redirectsTo: 443 } : {}) }, https];
}

function way(landscape: Landscape, distribution: Block, ingress: KubernetesObject | undefined): readonly Way[] {
  const given = distribution.arguments;
  const [host] = textsAt(given, "aliases");
  const place = placeOf(distribution);
  const listening = listeningOf(distribution, landscape);
  const acl = textAt(given, "web_acl_id");
  const names =
    ingress === undefined ? [] : landscape.declared.filter((key) => key.endsWith(`/cloudfront/${ingress.name}`));
  const name = host ?? textAt(given, "comment") ?? distribution.name;
  const common = {
    kind: "cloudfront",
    declaredAs: names,
    listening,
    authentication: undefined,
    waf: acl === undefined ? undefined : landscape.references.identity(distribution.stack, acl),
    before: recordHops(landscape, host, [{ kind: "block", block: distribution }]),
  } as const;
  const front = {
    from: [{ kind: "internet" }],
    findings: tlsFindings([{ kind: "internet" }], listening, `CloudFront ${name}`, place),
    hops: [
      { stop: "distribution", says: "CloudFront", place, passages: [] },
      { stop: "listener", says: listening.map(saysViewer).join("; "), place, passages: [] },
    ],
  } as const;
  const off = textAt(given, "enabled") === "false";
  const findings: readonly Finding[] = [
    ...(off
      ? [{ hole: "origin-unreachable", says: `The distribution of ${name} is switched off.`, place } as const]
      : []),
  ];
  if (ingress === undefined) {
    const lost: Finding = {
      hole: "origin-unreachable",
      says: `The distribution of ${name} comes to no load balancer of this environment.`,
      place,
    };
    return [
      makeWay({
        ...common,
        id: `cloudfront/${name}`,
        front,
        middle: [],
        backend: noBackend,
        findings: [...findings, lost],
      }),
    ];
  }
  const inner = frontOf(landscape, albBalancer(ingress, landscape));
  const open = bypass(landscape, ingress);
  const found: readonly Finding[] = [
    ...findings,
    ...controllerFinding(landscape, ingress),
    ...(open === undefined
      ? []
      : [
          {
            hole: "origin-bypass",
            says: `${open} can reach the load balancer behind CloudFront ${name} without it; let in the prefix list ${originFacing} alone.`,
            place: placeOf(ingress.block),
          } as const,
        ]),
  ];
  return ingressPaths(ingress).flatMap((path) =>
    albTargets(landscape, ingress, path).map(({ middle, backend }) =>
      makeWay({
        ...common,
        id: `cloudfront/${name}${path.path}`,
        front,
        middle: [...inner.hops, ...middle],
        backend,
        findings: [...found, ...inner.findings.filter(({ hole }) => hole !== "clear-text")],
      }),
    ),
  );
}

const saysViewer = ({ port, tls, policy, certificate, redirectsTo }: Listening) =>
  redirectsTo !== undefined
    ? `${port} redirects to ${redirectsTo}`
    : tls
      ? `${port} TLS, policy ${policy ?? "TLSv1, CloudFront's default"}, certificate ${certificate}`
      : `${port} without TLS`;
