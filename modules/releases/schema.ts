import { z } from "zod";
import { rolePermissions } from "../identity/schema";
import { described } from "../schema/descriptions";
import { examples } from "../schema/examples";
import { dnsLabel, json } from "../schema/primitives";
import { installationRef } from "./order";
import { chartSignature, packageDigest } from "./signature-schema";

/** What of an environment a chart may be told, as Terraform knows it at apply. */
export const environmentFacts = [
  "cluster-name",
  "cluster-arn",
  "cluster-endpoint",
  "cluster-security-group-id",
  "oidc-issuer-url",
  "vpc-id",
  "region",
  "account-id",
  "role-arn",
] as const;

export type EnvironmentFact = (typeof environmentFacts)[number];

const valuePath = described(
  "Place of a value in the chart, as `helm --set` writes it: parts joined by `.`, a dot within a part as `\\.`.",
  z
    .string()
    .regex(/^[^\s=,]+$/, "a place in a chart's values is parts joined by dots, such as settings.clusterName")
    .register(examples, { example: "settings.clusterName" }),
);

const chart = z.strictObject({
  repository: described(
    "Address of the chart's repository, `https://…` or, in a registry, `oci://…` without the chart's own name.",
    z
      .string()
      .regex(
        /^(https|oci):\/\/.+[^/]$/,
        "a chart's repository is an https:// or oci:// address without a slash at the end",
      )
      .register(examples, { example: "https://kedacore.github.io/charts" }),
  ),
  name: described(
    "Name of the chart in it.",
    z
      .string()
      .regex(/^[a-z0-9]([a-z0-9._-]*[a-z0-9])?$/, "a chart's name has lower-case letters, digits and . _ -")
      .register(examples, { example: "keda" }),
  ),
  version: described(
    "One version. A range would install another chart than the one that was reviewed.",
    z
      .string()
      .regex(
        /^v?\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/,
        "a chart has one version, such as 2.18.1, and no range",
      )
      .register(examples, { example: "2.18.1" }),
  ),
  digest: described(
    "SHA-256 of the chart's package, the `.tgz`; the same in a repository, in a registry and in a mirror. " +
      "`foundry verify` prints it; with it, `verify`, `preflight` and so `apply` refuse any other package. Terraform's " +
      "Helm provider takes no digest itself. Default: whatever has the version.",
    packageDigest.optional(),
  ),
  signature: described(
    "How its publisher signs it, for `foundry verify`. Default: not known.",
    chartSignature.optional(),
  ),
});

const secretValue = z.strictObject({
  secretArn: described(
    "ARN of a secret of Secrets Manager. A name would not be told from the secret itself.",
    z
      .string()
      .regex(/^arn:aws[a-z-]*:secretsmanager:\S+$/, "a secret is named by its ARN")
      .register(examples, { example: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:platform/grafana-AbCdEf" }),
  ),
  key: described(
    "Key in a secret that is a JSON object. Default: the whole secret.",
    z
      .string()
      .regex(/^[A-Za-z0-9_.-]{1,253}$/, "a key has letters, digits and _ . -, at most 253")
      .register(examples, { example: "password" })
      .optional(),
  ),
});

const release = z.strictObject({
  chart: described("The chart. `charts.mirror` stands for its repository too.", chart),
  namespace: described(
    "Namespace of the release, made with it unless every cluster has it. Default: the release's name.",
    dnsLabel.optional(),
  ),
  podSecurity: described(
    "Pod Security Standard that its namespace enforces, where the release makes it. Agents that work on the node itself " +
      "need `privileged`. Releases that share a namespace share the weakest.",
    z.enum(["restricted", "baseline", "privileged"]).default("restricted"),
  ),
  values: described("Values of the chart.", z.record(z.string(), json).default({})),
  valuesFrom: described(
    "Values that only Terraform knows, by their place in the chart. `role-arn` is the role of `credentials`.",
    z.record(valuePath, z.enum(environmentFacts)).default({}),
  ),
  secretValues: described(
    "Values out of Secrets Manager, by their place in the chart. They are read at apply and stand in no plan and no " +
      "state, so Terraform does not see that one has changed: `secretRevision` says so. They need Terraform or OpenTofu " +
      "1.11, and raise the floor.",
    z.record(valuePath, secretValue).default({}),
  ),
  secretRevision: described(
    "Number to raise when a secret has changed, so that the release takes the new value.",
    z.number().int().min(1).default(1),
  ),
  credentials: described(
    "AWS permissions of one of its service accounts, by the environment's `identity.workloads`. Default: none.",
    z
      .strictObject({
        serviceAccount: described("Name of the service account that the chart makes.", dnsLabel),
        annotationsAt: described(
          "Where the chart takes annotations of that service account, for IRSA.",
          valuePath.default("serviceAccount.annotations"),
        ),
        ...rolePermissions,
      })
      .optional(),
  ),
  after: described(
    "What is installed before: `controllers.<name>`, `releases.<name>` or `manifests.<name>`.",
    z.array(installationRef).default([]),
  ),
  crds: described(
    "CustomResourceDefinitions of the chart's folder `crds`, which Helm installs once and never upgrades.",
    z.enum(["with-the-chart", "elsewhere"]).default("with-the-chart"),
  ),
  timeoutSeconds: described(
    "How long everything of it may take to be ready, in seconds.",
    z.number().int().min(30).max(3600).default(600),
  ),
  supportedUntil: described(
    "Last day on which its vendor maintains this version, for `foundry lifecycle` and the warning 90 days before. " +
      "Default: not known.",
    z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}$/, "a day is written as 2027-06-30")
      .register(examples, { example: "2027-06-30" })
      .optional(),
  ),
});

export const releasesSchema = z
  .record(dnsLabel.max(53, "Helm takes at most 53 characters for the name of a release"), release)
  .transform((releases) =>
    Object.fromEntries(
      Object.entries(releases).map(([name, options]) => [name, { ...options, namespace: options.namespace ?? name }]),
    ),
  )
  .prefault({});

export type Releases = z.output<typeof releasesSchema>;
export type ReleaseOptions = Releases[string];
