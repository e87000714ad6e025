import type { ComponentName } from "./components";

/**
 * How the publisher of a chart signs it.
 * - `cosign`: in a registry, without a key: by a certificate of Sigstore for whoever `identity` is at `issuer`.
 * - `helm`: a provenance file beside the package, by the PGP key of this fingerprint, which is in the keyring.
 */
export type ChartSignature =
  | {
      readonly kind: "cosign";
      readonly identity: string;
      readonly issuer: string;
      /** Registry that has the signed chart, `oci://…`, where the chart comes from a repository. */
      readonly registry?: string | undefined;
    }
  | { readonly kind: "helm"; readonly keyring: string; readonly fingerprint: string };

/**
 * What is known of a chart's signature, and where that was read.
 * - `none`: what releases the chart makes none.
 * - `unknown`: nothing that was found there says how the chart is released.
 */
export type Published = (ChartSignature | { readonly kind: "none" | "unknown" }) & { readonly source: string };

/** GitHub, as it vouches for its workflows. */
const github = "https://token.actions.githubusercontent.com";

/** Signatures of every chart that is published; ours lie in this repository. */
export const signatures = {
  certManager: {
    kind: "helm",
    keyring:
      "https://cert-manager.io/public-keys/cert-manager-keyring-2021-09-20-1020CF3C033D4F35BAE1C19E1226061C665DF13E.gpg",
    fingerprint: "1020CF3C033D4F35BAE1C19E1226061C665DF13E",
    source: "https://cert-manager.io/docs/installation/code-signing/",
  },
  externalSecrets: {
    kind: "cosign",
    // The same package is in a repository and in this registry; the signature is in the registry.
    registry: "oci://ghcr.io/external-secrets/charts",
    identity: "https://github.com/external-secrets/external-secrets/.github/workflows/helm.yml@refs/heads/main",
    issuer: github,
    source: "https://github.com/external-secrets/external-secrets/blob/main/.github/workflows/helm.yml",
  },
  awsLoadBalancerController: {
    kind: "none",
    source: "https://github.com/aws/eks-charts/blob/master/.github/workflows/release.yaml",
  },
  appMesh: {
    kind: "none",
    source: "https://github.com/aws/eks-charts/blob/master/.github/workflows/release.yaml",
  },
  emissaryCrds: { kind: "unknown", source: "https://github.com/emissary-ingress/emissary" },
  emissary: { kind: "unknown", source: "https://github.com/emissary-ingress/emissary" },
  kube2iam: { kind: "none", source: "https://github.com/jtblin/kube2iam/blob/master/.github/workflows/ci-cd.yaml" },
  ingressNginx: {
    kind: "none",
    source: "https://github.com/kubernetes/ingress-nginx/blob/main/.github/workflows/helm.yaml",
  },
  f5Nginx: {
    kind: "none",
    source: "https://github.com/nginx/kubernetes-ingress/blob/main/.github/workflows/publish-helm.yml",
  },
  externalDns: {
    kind: "none",
    source: "https://github.com/kubernetes-sigs/external-dns/blob/master/.github/workflows/release-chart.yaml",
  },
  ackApiGatewayV2: { kind: "unknown", source: "https://github.com/aws-controllers-k8s/apigatewayv2-controller" },
  latticeController: { kind: "unknown", source: "https://github.com/aws/aws-application-networking-k8s" },
} as const satisfies Readonly<Partial<Record<ComponentName, Published>>>;
