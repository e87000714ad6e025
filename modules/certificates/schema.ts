import { z } from "zod";
import { described } from "../schema/descriptions";
import { arn, dnsLabel, hostname } from "../schema/primitives";

/** Longest first host: it becomes the certificate's common name. Source: RequestCertificate in the ACM API reference. */
const commonNameLimit = 64;

const hosts = described(
  "Hosts that the certificate is for, the first one its common name, at most 64 characters. `*.example.com` is every name " +
    "one label below `example.com`, and not `example.com` itself. ACM gives an account 10 hosts a certificate; more is a " +
    "quota to ask for.",
  z
    .array(hostname.refine((host) => host !== "*", "a certificate is of names, and * is none"))
    .min(1, "a certificate is of a host or more")
    .max(100, "ACM puts at most 100 hosts into a certificate")
    .refine((all) => (all[0] ?? "").length <= commonNameLimit, {
      error: `the first host has at most ${commonNameLimit} characters, for it becomes the certificate's common name`,
      params: { remedy: "put a shorter host first" },
    }),
);

const publicCertificate = described(
  "A public certificate of ACM, which renews it as long as the validation records stand.",
  z.strictObject({
    kind: z.literal("acm"),
    hosts,
    validation: described(
      "How ACM learns that the hosts are yours.",
      z
        .discriminatedUnion("kind", [
          described(
            "By records that are made here, in zones of `dns.zones`. Whoever made a zone here has to delegate it to its " +
              "name servers (output `zone_name_servers`) before the identity stack, which waits 20 minutes for ACM.",
            z.strictObject({ kind: z.literal("route53") }),
          ),
          described(
            "By records that somebody makes in zones elsewhere. The identity stack gives them out as " +
              "`certificate_validation_records`; the stacks after it wait until ACM has seen them.",
            z.strictObject({ kind: z.literal("elsewhere") }),
          ),
        ])
        .prefault({ kind: "route53" }),
    ),
  }),
);

const privateCertificate = described(
  "A certificate of a private authority, for callers that trust it. ACM renews it.",
  z.strictObject({
    kind: z.literal("private-ca"),
    hosts,
    authorityArn: described("Authority of AWS Private CA, of the environment's region.", arn),
  }),
);

export const certificateSchema = z.discriminatedUnion("kind", [publicCertificate, privateCertificate]);

export const certificatesSchema = described(
  "Certificates that are made here, by name. Doors name them with `certificate`; they are made in the identity stack, in " +
    "the region of whoever presents them, and no private key leaves ACM.",
  z.record(dnsLabel, certificateSchema).default({}),
);

export type CertificatesOptions = z.output<typeof certificatesSchema>;
export type CertificateOptions = z.output<typeof certificateSchema>;
