import type { Certificate } from "../../../.gen/cert-manager.io/v1/certificate";
import type { ClusterIssuer } from "../../../.gen/cert-manager.io/v1/cluster-issuer";
import type { Issuer } from "../../../.gen/cert-manager.io/v1/issuer";

export const clusterIssuer: ClusterIssuer = {
  apiVersion: "cert-manager.io/v1",
  kind: "ClusterIssuer",
  metadata: { name: "letsencrypt" },
  spec: {
    acme: {
      server: "https://acme-v02.api.letsencrypt.org/directory",
      email: "platform@example.com",
      privateKeySecretRef: { name: "letsencrypt" },
      solvers: [
        {
          selector: { dnsZones: ["example.com"] },
          dns01: { route53: { region: "eu-central-1", hostedZoneID: "Z0123456789" } },
        },
        {
          selector: { dnsZones: ["example.org"] },
          dns01: { webhook: { groupName: "acme.example.org", solverName: "own", config: { ttl: 60 } } },
        },
        {
          http01: {
            ingress: {
              ingressClassName: "alb",
              podTemplate: { spec: { nodeSelector: { "kubernetes.io/os": "linux" } } },
            },
          },
        },
      ],
    },
  },
};

export const issuer: Issuer = {
  apiVersion: "cert-manager.io/v1",
  kind: "Issuer",
  metadata: { name: "self-signed", namespace: "mesh" },
  spec: { selfSigned: {} },
};

export const certificate: Certificate = {
  apiVersion: "cert-manager.io/v1",
  kind: "Certificate",
  metadata: { name: "webhook", namespace: "mesh" },
  spec: {
    secretName: "webhook-tls",
    dnsNames: ["webhook.mesh.svc"],
    duration: "2160h",
    privateKey: { algorithm: "ECDSA", size: 256, rotationPolicy: "Always" },
    usages: ["digital signature", "server auth"],
    issuerRef: { kind: "Issuer", name: "self-signed" },
  },
};
