import { z } from "zod";
import { rolePermissions } from "../identity/schema";
import { described } from "../schema/descriptions";
import { examples } from "../schema/examples";
import { dnsLabel, json, roleArn } from "../schema/primitives";

const addon = z.strictObject({
  version: described(
    "`default`: what EKS recommends for the cluster's version, and moves with it. `latest`: the newest at each apply. " +
      "Or one version, such as `v1.22.4-eksbuild.1`.",
    z
      .union([
        z.enum(["default", "latest"]),
        z
          .string()
          .regex(/^v\d+\.\d+\.\d+-eksbuild\.\d+$/, "an add-on version looks like v1.22.4-eksbuild.1")
          .register(examples, { example: "v1.22.4-eksbuild.1" }),
      ])
      .default("default"),
  ),
  configuration: described(
    "Configuration values of the add-on, as its JSON schema has them.",
    z.record(z.string(), json).default({}),
  ),
});
const addonOrOff = z.union([z.literal("off"), addon]);
const addonByDefault = (purpose: string) => described(`${purpose} Default: on.`, addonOrOff.prefault({}));

/** An add-on as it is where nothing is said of it. */
export const defaultAddon = addon.parse({});

/** Add-ons of AWS that one may look for here. Source: EKS user guide, "AWS add-ons". */
const otherAddonsOfAws: readonly string[] = [
  "adot",
  "amazon-cloudwatch-observability",
  "aws-efs-csi-driver",
  "aws-fsx-csi-driver",
  "aws-guardduty-agent",
  "aws-mountpoint-s3-csi-driver",
  "aws-network-flow-monitoring-agent",
  "aws-secrets-store-csi-driver-provider",
  "cert-manager",
  "eks-node-monitoring-agent",
  "external-dns",
  "fluent-bit",
  "kube-state-metrics",
  "prometheus-node-exporter",
  "snapshot-controller",
];

function inOtherAddons(name: string): string | undefined {
  if (!otherAddonsOfAws.includes(name)) return undefined;
  return `write \`otherAddons: { ${JSON.stringify(name)}: {} }\` in the cluster, which takes any add-on of EKS`;
}

export const addonsSchema = described(
  "Add-ons of EKS, by AWS's names; `off` leaves one out. Default: each of the five where something runs that " +
    "needs it: the agent and the EBS driver with node groups, CoreDNS with node groups or Fargate, none with " +
    "Auto Mode alone; and the metrics server where a workload has an autoscaler, which counts on it.",
  z
    .strictObject({
      "vpc-cni": addonByDefault("Gives pods addresses of the VPC."),
      "kube-proxy": addonByDefault("Carries connections to Services on each node."),
      "eks-pod-identity-agent": addonByDefault("Hands pods the credentials of their role."),
      coredns: addonByDefault("DNS of the cluster."),
      "aws-ebs-csi-driver": addonByDefault("Volumes of EBS."),
      "metrics-server": described(
        "CPU and memory of pods, which autoscalers count on. Default: on where a workload has an autoscaler.",
        addonOrOff.optional(),
      ),
    })
    .register(examples, { example: {}, elsewhere: inOtherAddons })
    .prefault({}),
);

const addonName = described(
  "Name of an add-on in EKS, as `aws eks describe-addon-versions` lists it.",
  z
    .string()
    .regex(
      /^[a-z0-9][a-z0-9_-]{0,99}$/,
      "an add-on's name has lower-case letters, digits, hyphens and underscores, at most 100",
    )
    .register(examples, { example: "aws-efs-csi-driver" }),
);

const otherAddon = described(
  "An add-on of AWS or of the marketplace.",
  z.strictObject({
    version: described(
      "`default`: what EKS recommends for the cluster's version, and moves with it. `latest`: the newest at each " +
        "apply. Or one version.",
      z
        .union([
          z.enum(["default", "latest"]),
          z
            .string()
            .regex(/^v\d[A-Za-z0-9.+_-]*$/, "an add-on's version looks like v2.1.11-eksbuild.1")
            .register(examples, { example: "v2.1.11-eksbuild.1" }),
        ])
        .default("default"),
    ),
    configuration: described(
      "Configuration values, as `aws eks describe-addon-configuration` has their schema.",
      z.record(z.string(), json).default({}),
    ),
    runs: described(
      "Whether nodes need it before they are ready, as with a network plug-in, or its pods need nodes.",
      z.enum(["before-nodes", "after-nodes"]).default("after-nodes"),
    ),
    preserve: described(
      "Leaves its objects in the cluster when the add-on is taken out here, for whoever then keeps them by hand.",
      z.boolean().default(false),
    ),
    credentials: described(
      "Roles of its service accounts, by the service account's name, as Pod Identity gives them.",
      z
        .record(
          dnsLabel,
          z.discriminatedUnion("kind", [
            described("A role that is made here.", z.strictObject({ kind: z.literal("role"), ...rolePermissions })),
            described(
              "A role made elsewhere, which trusts `pods.eks.amazonaws.com`.",
              z.strictObject({ kind: z.literal("existing"), roleArn: described("ARN of the role.", roleArn) }),
            ),
          ]),
        )
        .default({}),
    ),
  }),
);

export const otherAddonsSchema = described(
  "Add-ons of EKS beside those of `addons`, by AWS's names: whatever EKS offers, of AWS or of the marketplace. They are " +
    "installed as they are told here, by the same rules of conflict.",
  z.record(addonName, otherAddon).default({}),
);

export type AddonName = keyof z.output<typeof addonsSchema>;
export type AddonOptions = z.output<typeof addon>;

/** An add-on that this project knows nothing of, with every default filled in. */
export type OtherAddonOptions = z.output<typeof otherAddon>;
