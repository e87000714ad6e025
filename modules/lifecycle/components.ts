import type { IsoDate } from "../schema/iso-date";

/**
 * How long something is supported.
 * - `current`: supported; an `until` is the day support ends.
 * - `ended`: no longer maintained since `since`; `successor` names what lives.
 */
export type Support =
  | { readonly kind: "current"; readonly until?: IsoDate }
  | { readonly kind: "ended"; readonly since: IsoDate };

/** One thing we pin: where its chart is, which version, and how long that lives. */
export interface Component {
  readonly title: string;
  /** Name of the Helm chart. */
  readonly chart: string;
  /** Chart repository, `https://…` or `oci://…` (without the chart's own name); or, for a chart of ours, its folder. */
  readonly repository: string;
  /** The one place where the chart's version stands. */
  readonly version: string;
  readonly support: Support;
  /** Highest Kubernetes minor the vendor claims, where it claims one. */
  readonly kubernetesUpTo?: string;
  readonly kubernetesFrom?: string;
  /** What goes with its end, where that is more than that nobody maintains it: a part of a sentence. */
  readonly consequence?: string;
  /** What to choose instead, as a sentence that names the change in the environment. */
  readonly successor?: string;
  /** Where the dates and limits were read. */
  readonly source: string;
}

/** Every chart this project installs. Versions, addresses and support dates stand here and nowhere else. */
export const components = {
  certManager: {
    title: "cert-manager",
    chart: "cert-manager",
    repository: "https://charts.jetstack.io",
    version: "v1.21.1",
    support: { kind: "current" },
    source: "https://cert-manager.io/docs/releases/",
  },
  awsLoadBalancerController: {
    title: "AWS Load Balancer Controller",
    chart: "aws-load-balancer-controller",
    repository: "https://aws.github.io/eks-charts",
    version: "3.5.0",
    support: { kind: "current" },
    kubernetesFrom: "1.22",
    source: "https://kubernetes-sigs.github.io/aws-load-balancer-controller/",
  },
  emissaryCrds: {
    title: "Emissary-ingress CRDs",
    chart: "emissary-crds-chart",
    repository: "oci://ghcr.io/emissary-ingress",
    version: "4.1.0",
    support: { kind: "current" },
    kubernetesFrom: "1.25",
    source: "https://github.com/emissary-ingress/emissary",
  },
  emissary: {
    title: "Emissary-ingress",
    chart: "emissary-ingress",
    repository: "oci://ghcr.io/emissary-ingress",
    version: "4.1.0",
    // Its Envoy 1.37 is supported until this day.
    support: { kind: "current", until: "2027-01-13" },
    kubernetesFrom: "1.25",
    source: "https://github.com/emissary-ingress/emissary",
  },
  kube2iam: {
    title: "kube2iam",
    chart: "kube2iam-chart",
    repository: "oci://ghcr.io/jtblin",
    version: "0.15.0",
    support: { kind: "current" },
    kubernetesFrom: "1.29",
    successor: 'EKS Pod Identity: aws: { kind: "role" } in the workload instead of kind "kube2iam"',
    source: "https://github.com/jtblin/kube2iam",
  },
  ingressNginx: {
    title: "ingress-nginx",
    chart: "ingress-nginx",
    repository: "https://kubernetes.github.io/ingress-nginx",
    version: "4.15.1",
    support: { kind: "ended", since: "2026-03" },
    kubernetesFrom: "1.31",
    kubernetesUpTo: "1.35",
    successor: 'controllers.nginx.kind "f5" instead of "community", or routes of kind "gateway"',
    source: "https://kubernetes.io/blog/2025/11/11/ingress-nginx-retirement/",
  },
  f5Nginx: {
    title: "F5 NGINX Ingress Controller",
    chart: "nginx-ingress",
    repository: "oci://ghcr.io/nginx/charts",
    // Before 2.6 it refuses an Ingress without a host, and its nginx has flaws that were fixed there.
    version: "2.6.4",
    support: { kind: "current" },
    kubernetesFrom: "1.25",
    source: "https://github.com/nginx/kubernetes-ingress",
  },
  gatewayApiCrds: {
    title: "Gateway API CRDs",
    chart: "gateway-api-crds",
    repository: "modules/controllers/gateway-api-crds/chart",
    version: "1.6.1",
    support: { kind: "current" },
    source: "https://github.com/kubernetes-sigs/gateway-api",
  },
  externalDns: {
    title: "ExternalDNS",
    chart: "external-dns",
    repository: "https://kubernetes-sigs.github.io/external-dns",
    version: "1.21.1",
    support: { kind: "current" },
    source: "https://github.com/kubernetes-sigs/external-dns",
  },
  externalSecrets: {
    title: "External Secrets Operator",
    chart: "external-secrets",
    repository: "https://charts.external-secrets.io",
    // The last minor that its makers tested with 1.35. They maintain their newest minor alone, which goes by 1.36.
    version: "2.8.0",
    support: { kind: "current" },
    kubernetesFrom: "1.35",
    kubernetesUpTo: "1.36",
    source: "https://external-secrets.io/latest/introduction/stability-support/",
  },
  ackApiGatewayV2: {
    title: "ACK controller for API Gateway v2",
    chart: "apigatewayv2-chart",
    repository: "oci://public.ecr.aws/aws-controllers-k8s",
    version: "1.4.1",
    support: { kind: "current" },
    source: "https://github.com/aws-controllers-k8s/apigatewayv2-controller",
  },
  appMesh: {
    title: "AWS App Mesh",
    chart: "appmesh-controller",
    repository: "https://aws.github.io/eks-charts",
    version: "1.13.3",
    support: { kind: "ended", since: "2026-09-30" },
    consequence: "AWS makes no mesh any more, so its stacks can be synthesized and not applied",
    successor: 'mesh.kind "lattice" instead of "app-mesh"',
    source: "https://docs.aws.amazon.com/eks/latest/userguide/appmesh-getting-started.html",
  },
  latticeController: {
    title: "AWS Gateway API Controller (VPC Lattice)",
    chart: "aws-gateway-controller-chart",
    repository: "oci://public.ecr.aws/aws-application-networking-k8s",
    version: "v2.1.3",
    support: { kind: "current" },
    source: "https://github.com/aws/aws-application-networking-k8s",
  },
} as const satisfies Readonly<Record<string, Component>>;

export type ComponentName = keyof typeof components;
