import { z } from "zod";
import type { Certificate } from "../../../.gen/cert-manager.io/v1/certificate";
import type { ClusterIssuer } from "../../../.gen/cert-manager.io/v1/cluster-issuer";
import { type PolicyDocument, policyDocument } from "../../identity/policy";
import { described } from "../../schema/descriptions";
import { examples } from "../../schema/examples";
import { dnsLabel, hostname } from "../../schema/primitives";
import type { IdentityContext } from "../controller";

const acme = described(
  "Public certificates by ACME, Let's Encrypt's for example; hosts are proven by records in zones of `dns.zones`, so that no door " +
    "has to be open for it.",
  z.strictObject({
    kind: z.literal("acme"),
    email: described(
      "Where the authority writes before a certificate ends unrenewed.",
      z.email("an address looks like platform@example.com").register(examples, { example: "platform@example.com" }),
    ),
    server: described(
      "Directory of the authority. The default is Let's Encrypt's own, which counts certificates a week; its staging directory " +
        "is https://acme-staging-v02.api.letsencrypt.org/directory.",
      z
        .string()
        .regex(/^https:\/\/\S+$/, "a directory is an https:// address")
        .register(examples, { example: "https://acme-v02.api.letsencrypt.org/directory" })
        .default("https://acme-v02.api.letsencrypt.org/directory"),
    ),
    domains: described(
      "Zones of `dns.zones`, by domain name, whose hosts it is for. Default: all of them.",
      z.array(hostname).min(1).optional(),
    ),
  }),
);

const clusterCa = described(
  "Certificates of an authority of the cluster's own, for callers that trust it. Its key is made in the cluster and stays " +
    "there; who deletes the cluster deletes the authority.",
  z.strictObject({
    kind: z.literal("cluster-ca"),
    commonName: described("Name of the authority. Default: that of the issuer.", z.string().min(1).max(64).optional()),
  }),
);

export const issuersSchema = described(
  "Issuers of certificates for what terminates TLS inside the cluster, by name; routes through nginx name one in `tls.issuer`.",
  z.record(dnsLabel.max(40), z.discriminatedUnion("kind", [acme, clusterCa])).default({}),
);

export type Issuers = z.output<typeof issuersSchema>;

/** Zones whose records an issuer may make. */
function domainsOf(issuers: Issuers, all: readonly string[]): readonly string[] {
  const named = Object.values(issuers).flatMap((issuer) => (issuer.kind === "acme" ? (issuer.domains ?? all) : []));
  return [...new Set(named)];
}

/** Whether any of them proves hosts in Route 53. */
export function asksRoute53(issuers: Issuers): boolean {
  return Object.values(issuers).some(({ kind }) => kind === "acme");
}

/**
 * What cert-manager does in Route 53: it makes and takes away TXT records of these zones, and asks whether they are there.
 * Source: cert-manager, "Route53", IAM policy for issuers that name the zone by its id.
 */
export function route53Policy(
  issuers: Issuers,
  { domains, partition, zoneId }: Pick<IdentityContext, "domains" | "partition" | "zoneId">,
): PolicyDocument {
  return policyDocument(
    {
      Sid: "Progress",
      Effect: "Allow",
      Action: "route53:GetChange",
      Resource: `arn:${partition}:route53:::change/*`,
    },
    {
      Sid: "RecordsThatProveHosts",
      Effect: "Allow",
      Action: "route53:ChangeResourceRecordSets",
      Resource: domainsOf(issuers, domains).map((domain) => `arn:${partition}:route53:::hostedzone/${zoneId(domain)}`),
      Condition: { "ForAllValues:StringEquals": { "route53:ChangeResourceRecordSetsRecordTypes": ["TXT"] } },
    },
    {
      Sid: "ReadThem",
      Effect: "Allow",
      Action: "route53:ListResourceRecordSets",
      Resource: domainsOf(issuers, domains).map((domain) => `arn:${partition}:route53:::hostedzone/${zoneId(domain)}`),
    },
  );
}

interface IssuerContext {
  readonly namespace: string;
  readonly region: string;
  readonly domains: readonly string[];
  readonly zoneId: (domain: string) => string;
}

const apiVersion = "cert-manager.io/v1";

/** Ten years, of which an authority of the cluster is good for. */
const authorityDuration = "87600h";

function clusterIssuer(name: string, spec: ClusterIssuer["spec"]): ClusterIssuer {
  return { apiVersion, kind: "ClusterIssuer", metadata: { name }, spec };
}

/** Objects of every issuer. */
export function issuerManifests(issuers: Issuers, context: IssuerContext): readonly (ClusterIssuer | Certificate)[] {
  return Object.entries(issuers).flatMap(([name, issuer]): readonly (ClusterIssuer | Certificate)[] => {
    if (issuer.kind === "acme") {
      const { email, server, domains = context.domains } = issuer;
      return [
        clusterIssuer(name, {
          acme: {
            email,
            server,
            privateKeySecretRef: { name: `${name}-account` },
            solvers: domains.map((domain) => ({
              selector: { dnsZones: [domain] },
              dns01: { route53: { region: context.region, hostedZoneID: context.zoneId(domain) } },
            })),
          },
        }),
      ];
    }
    const root = `${name}-root`;
    const secretName = `${name}-authority`;
    return [
      clusterIssuer(root, { selfSigned: {} }),
      {
        apiVersion,
        kind: "Certificate",
        metadata: { name: secretName, namespace: context.namespace },
        spec: {
          isCA: true,
          commonName: issuer.commonName ?? name,
          secretName,
          duration: authorityDuration,
          privateKey: { algorithm: "ECDSA", size: 256 },
          issuerRef: { name: root, kind: "ClusterIssuer", group: "cert-manager.io" },
        },
      },
      clusterIssuer(name, { ca: { secretName } }),
    ];
  });
}

/** A certificate of a host, in a Secret of a namespace; cert-manager renews it. */
export function hostCertificate(props: {
  readonly name: string;
  readonly namespace: string;
  readonly secretName: string;
  readonly host: string;
  readonly issuer: string;
}): Certificate {
  return {
    apiVersion,
    kind: "Certificate",
    metadata: { name: props.name, namespace: props.namespace },
    spec: {
      secretName: props.secretName,
      dnsNames: [props.host],
      privateKey: { algorithm: "ECDSA", size: 256, rotationPolicy: "Always" },
      issuerRef: { name: props.issuer, kind: "ClusterIssuer", group: "cert-manager.io" },
    },
  };
}
