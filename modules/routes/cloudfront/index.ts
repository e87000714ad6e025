import { CloudfrontDistribution } from "@cdktf/provider-aws/lib/cloudfront-distribution";
import { CloudfrontVpcOrigin } from "@cdktf/provider-aws/lib/cloudfront-vpc-origin";
import { DataAwsEc2ManagedPrefixList } from "@cdktf/provider-aws/lib/data-aws-ec2-managed-prefix-list";
import { IngressV1 } from "@cdktf/provider-kubernetes/lib/ingress-v1";
import { Construct } from "constructs";
import { hasCertificate, tlsFacts } from "../../certificates/choice";
import type { FoundBalancer } from "../../dns/hosts";
import { type DoorPlace, defineDoor, type RouteContext } from "../../door/door";
import type { BalancerSettings } from "../../load-balancer/attributes";
import { type BalancerNetwork, subnetsOf } from "../../load-balancer/subnets";
import { limitedName } from "../../schema/limited-name";
import { formatValue, type Problem } from "../../schema/problem";
import type { RouteOwner, RouteTarget } from "../../workloads/route-target";
import { albAnnotations, albHealthCheck } from "../alb/annotations";
import { type CloudFrontRoute, cloudFrontRouteSchema } from "./schema";

/** CloudFront's own policies. Source: CloudFront developer guide, "Use managed cache policies" and "…origin request …". */
const cachePolicies: Readonly<Record<CloudFrontRoute["caching"], string>> = {
  off: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
  "by-cache-control": "4cc15a8a-d715-48a4-82b8-cc0b614638fe",
};
const allViewer = "216adef6-5c7f-47e4-b989-5492eafa07d3";

const origin = "load-balancer";

/** Names stay short enough to be read in a list; AWS documents no limit for those of VPC origins. */
const nameLimit = 64;

function ingressName(route: CloudFrontRoute, owner: RouteOwner): string {
  return route.name ?? owner.name;
}

/** Where CloudFront comes from when it asks an origin; looked up once, by the first route that needs it. */
export class OriginFacing extends Construct {
  private list: DataAwsEc2ManagedPrefixList | undefined;

  get id(): string {
    this.list ??= new DataAwsEc2ManagedPrefixList(this, "Resource", {
      name: "com.amazonaws.global.cloudfront.origin-facing",
    });
    return this.list.id;
  }
}

/** An internal ALB of the route's own, which CloudFront alone can reach. It takes every host: the distribution has one. */
function makeIngress(
  scope: Construct,
  route: CloudFrontRoute,
  target: RouteTarget,
  network: BalancerNetwork,
  prefixList: string,
  balancers: BalancerSettings,
): IngressV1 {
  const { name, port } = target.service;
  return new IngressV1(scope, "ingress", {
    metadata: {
      name: ingressName(route, target),
      namespace: target.namespace,
      annotations: albAnnotations({
        exposure: "internal",
        subnetIds: subnetsOf("internal", network),
        drainSeconds: target.drainSeconds,
        healthCheck: albHealthCheck(route, target),
        inboundCidrs: [],
        inboundLists: [prefixList],
        balancers,
      }),
    },
    spec: {
      ingressClassName: "alb",
      rule: [
        { http: { path: [{ path: "/", pathType: "Prefix", backend: { service: { name, port: { number: port } } } }] } },
      ],
    },
    // Without an address there is no load balancer to find.
    waitForLoadBalancer: true,
    dependsOn: [target.ready],
  });
}

function makeDistribution(
  scope: Construct,
  name: string,
  route: CloudFrontRoute,
  balancer: FoundBalancer,
  certificateArn: string | undefined,
  webAclArn: string | undefined,
) {
  const { host, timeoutSeconds } = route;
  const vpcOrigin = new CloudfrontVpcOrigin(scope, "origin", {
    vpcOriginEndpointConfig: [
      {
        name,
        arn: balancer.arn,
        httpPort: 80,
        // Both are asked for even where nobody uses them.
        httpsPort: 443,
        originSslProtocols: [{ items: ["TLSv1.2"], quantity: 1 }],
        // From CloudFront to the load balancer inside the VPC.
        originProtocolPolicy: "http-only",
      },
    ],
  });
  return new CloudfrontDistribution(scope, "Resource", {
    comment: name,
    enabled: true,
    isIpv6Enabled: true,
    httpVersion: "http2and3",
    priceClass: route.priceClass,
    ...(host === "*" ? {} : { aliases: [host] }),
    origin: [
      {
        originId: origin,
        domainName: balancer.dnsName,
        vpcOriginConfig: { vpcOriginId: vpcOrigin.id, originReadTimeout: timeoutSeconds },
      },
    ],
    defaultCacheBehavior: {
      targetOriginId: origin,
      viewerProtocolPolicy: "redirect-to-https",
      allowedMethods: ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"],
      cachedMethods: ["GET", "HEAD"],
      compress: true,
      cachePolicyId: cachePolicies[route.caching],
      // The workload sees the caller's host, headers, cookies and query.
      originRequestPolicyId: allViewer,
    },
    restrictions: { geoRestriction: { restrictionType: "none" } },
    viewerCertificate:
      certificateArn === undefined
        ? { cloudfrontDefaultCertificate: true }
        : { acmCertificateArn: certificateArn, sslSupportMethod: "sni-only", minimumProtocolVersion: "TLSv1.2_2021" },
    webAclId: webAclArn,
  });
}

function problems(route: CloudFrontRoute, _owner: RouteOwner, place: DoorPlace): readonly Problem[] {
  const { kind, host, certificate: named, certificateArn } = route;
  const partition = {
    path: "kind",
    value: kind,
    rule: `CloudFront reaches into VPCs of the partition aws alone, and ${place.region} is of ${place.partition}`,
    remedy: 'choose a route of kind "alb"',
  };
  const certificate = {
    path: "certificate",
    value: certificateArn,
    rule: `CloudFront answers for a host such as ${host} only with a certificate of it`,
    remedy: `add \`shop: { kind: "acm", hosts: [${formatValue(host)}] }\` to \`certificates\` and write \`certificate: "shop"\`, or take \`host\` out`,
  };
  const name = {
    path: "host",
    value: host,
    rule: "a certificate is of a host, and without one CloudFront has its own name and certificate",
    remedy: `write the certificate's host, or take \`${named === undefined ? "certificateArn" : "certificate"}\` out`,
  };
  return [
    ...(place.partition === "aws" ? [] : [partition]),
    ...(host !== "*" && !hasCertificate(route) ? [certificate] : []),
    ...(host === "*" && hasCertificate(route) ? [name] : []),
  ];
}

/**
 * CloudFront before an internal ALB that nothing else reaches: a VPC origin, so that neither the load balancer nor the
 * workload has a public address. The VPC needs an internet gateway, though nothing goes by it, as ours have. No gRPC.
 * Source: CloudFront developer guide, "Restrict access with VPC origins".
 */
export const cloudFront = defineDoor({
  schema: cloudFrontRouteSchema,
  controllers: ["awsLoadBalancerController"],
  example: {
    routes: [
      {
        kind: "cloudfront",
        host: "shop.example.com",
        certificate: "edge",
        dns: { kind: "route53", zone: "example.com" },
      },
    ],
    environment: {
      certificates: { edge: { kind: "acm", hosts: ["shop.example.com"] } },
      dns: { zones: { "example.com": { kind: "create" } } },
    },
  },
  namesInAws: ({ host }) =>
    host === "*" ? [] : [{ what: "alternate domain name of CloudFront", name: host, within: "world" }],
  facts: (route, owner) => ({
    object: { kind: "Ingress", name: ingressName(route, owner) },
    host: route.host,
    path: "/",
    exposure: "internet-facing",
    // Distributions share no paths, and two of one host are refused.
    entrance: route.host === "*" ? `cloudfront:${owner.namespace}/${ingressName(route, owner)}` : "cloudfront",
    ...tlsFacts(route),
    podsAreTargets: true,
    terminatesTls: true,
    certificates: tlsFacts(route).certificates.map((use) => ({ ...use, presentedBy: "CloudFront" })),
    presented: "edge",
    webAcl: route.webAcl,
    webAcls: route.webAclArn === undefined ? [] : [{ field: ["webAclArn"], arn: route.webAclArn, scope: "CLOUDFRONT" }],
  }),
  problems,
  share: (scope): OriginFacing => new OriginFacing(scope, "cloudfront_origin-facing"),
  make(scope, route, target, context: RouteContext<unknown, OriginFacing>) {
    const { environmentName, hosts, certificateArn, network, shared } = context;
    const ingress = makeIngress(scope, route, target, network, shared.id, context.balancers);
    const object = { namespace: target.namespace, name: ingressName(route, target) };
    const name = limitedName(nameLimit, environmentName, object.namespace, object.name);
    const balancer = hosts.balancerOfIngress(object, ingress);
    const distribution = makeDistribution(
      scope,
      name,
      route,
      balancer,
      certificateArn(route, "edge"),
      context.webAclArn(route, "edge"),
    );
    const { domainName: dnsName, hostedZoneId: zoneId } = distribution;
    hosts.record(route.host, route.dns, () => ({ dnsName, zoneId, cloudFront: true }));
    return { address: `${route.host === "*" ? dnsName : route.host}/` };
  },
});
