import type { Certificate } from "../../../.gen/cert-manager.io/v1/certificate";
import type { ClusterIssuer } from "../../../.gen/cert-manager.io/v1/cluster-issuer";

export const acme: ClusterIssuer = {
  apiVersion: "cert-manager.io/v1",
  kind: "ClusterIssuer",
  metadata: { name: "public" },
  spec: {
    acme: {
      email: "platform@example.com",
      server: "https://acme-v02.api.letsencrypt.org/directory",
      privateKeySecretRef: { name: "public-account" },
      solvers: [
        {
          selector: { dnsZones: ["example.com"] },
          dns01: { route53: { region: "us-west-2", hostedZoneID: "Z0123456789ABCDEFGHIJ" } },
        },
      ],
    },
  },
};

export const authority: Certificate = {
  apiVersion: "cert-manager.io/v1",
  kind: "Certificate",
  metadata: { name: "inside-authority", namespace: "cert-manager" },
  spec: {
    isCA: true,
    commonName: "inside",
    secretName: "inside-authority",
    duration: "87600h",
    privateKey: { algorithm: "ECDSA", size: 256, rotationPolicy: "Always" },
    issuerRef: { name: "inside-root", kind: "ClusterIssuer", group: "cert-manager.io" },
  },
};
