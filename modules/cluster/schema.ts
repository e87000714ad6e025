import { Netmask } from "netmask";
import { z } from "zod";
import { defaultKubernetesVersion, type KubernetesMinor, kubernetesVersions } from "../lifecycle/kubernetes-versions";
import { described } from "../schema/descriptions";
import { examples } from "../schema/examples";
import { arn, cidr, dnsLabel, networkWithin, reason, retentionDays } from "../schema/primitives";
import { accessEntry } from "./access-schema";
import { addonsSchema, otherAddonsSchema } from "./addon-schema";
import {
  additionalSecurityGroups,
  authentication,
  capabilities,
  hybridNodes,
  identityProvider,
  logGroupClass,
  roles,
  scalingTier,
  zonalShift,
} from "./control-plane-schema";
import { endpoint } from "./endpoint-schema";
import { ownNodePools } from "./node-pool-schema";
import { fargateProfileName, fargateProfileSchema, nodeGroupName, nodeGroupSchema } from "./node-schema";

const minors = Object.keys(kubernetesVersions) as [KubernetesMinor, ...KubernetesMinor[]];

const encryption = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("customer-key"),
    deletionWindowDays: described(
      "Days between the key's deletion and its end, 7 to 30.",
      z.number().int().min(7).max(30).default(30),
    ),
  }),
  z.strictObject({ kind: z.literal("existing-key"), keyArn: described("ARN of a KMS key of the region.", arn) }),
  described(
    "A customer key cannot be taken off a cluster: going back here replaces the cluster.",
    z.strictObject({ kind: z.literal("aws-owned-key"), reason }),
  ),
]);

const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].map((range) => new Netmask(range));

/** The same network with a prefix that EKS takes, where it lies in a private range. */
function meantServiceNetwork(text: string): string | undefined {
  const meant = networkWithin(12, 24)(text);
  return meant !== undefined && isServiceNetwork(meant) ? meant : undefined;
}

function isServiceNetwork(text: string): boolean {
  const network = new Netmask(text);
  return network.bitmask >= 12 && network.bitmask <= 24 && privateRanges.some((range) => range.contains(network));
}

export const clusterSchema = described(
  "The EKS cluster.",
  z.strictObject({
    name: described(
      "Name in EKS. Cannot change later. Default: the environment's name.",
      z
        .string()
        .regex(
          /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/,
          "a cluster name has letters, digits, hyphens and underscores, at most 100",
        )
        .register(examples, { example: "platform" })
        .optional(),
    ),
    version: described(
      "Kubernetes minor version: the newest that every component of this project claims.",
      z.enum(minors).register(examples, { example: defaultKubernetesVersion }).default(defaultKubernetesVersion),
    ),
    supportType: described(
      "What happens at the end of standard support: STANDARD upgrades by itself, EXTENDED pays for a year more.",
      z.enum(["STANDARD", "EXTENDED"]).default("STANDARD"),
    ),
    endpoint: described(
      "Who can reach the API server. Default: the VPC alone.",
      endpoint.prefault({ kind: "private" }),
    ),
    encryption: described(
      "Key around Kubernetes secrets. Default: a customer key of the cluster's own, rotated every year.",
      encryption.prefault({ kind: "customer-key" }),
    ),
    logs: described(
      "Control-plane logs. Default: all five kinds, 90 days.",
      z
        .strictObject({
          types: described(
            "Kinds of logs.",
            z
              .array(z.enum(["api", "audit", "authenticator", "controllerManager", "scheduler"]))
              .default(["api", "audit", "authenticator", "controllerManager", "scheduler"]),
          ),
          retentionDays: described("How long they are kept, in days.", retentionDays.default(90)),
          class: logGroupClass,
        })
        .prefault({}),
    ),
    serviceCidr: described(
      "Network of Services, from /12 to /24, in a private range. Cannot change later. Source: KubernetesNetworkConfigRequest in the EKS API reference.",
      cidr
        .pipe(
          z
            .string()
            .refine(
              isServiceNetwork,
              "EKS takes a network from /12 to /24 inside 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16",
            ),
        )
        .register(examples, { example: "172.20.0.0/16", meant: meantServiceNetwork })
        .default("172.20.0.0/16"),
    ),
    access: described(
      "Who gets into the cluster, by a name of your own. The creator gets in only if listed.",
      z
        .record(dnsLabel, accessEntry)
        .refine(
          (entries) =>
            new Set(Object.values(entries).map((entry) => entry.principalArn)).size === Object.keys(entries).length,
          {
            error: "EKS has one access entry for a principal; join the policies and groups of both in one",
            params: { remedy: "keep one entry of the principal, with the policies and groups of both" },
          },
        )
        .default({}),
    ),
    authentication,
    identityProvider,
    roles,
    zonalShift,
    scalingTier,
    additionalSecurityGroups,
    forceUpdate: described(
      "Goes on with a newer version where EKS's upgrade insights find something that it would break. Default: the update fails.",
      z.strictObject({ reason }).optional(),
    ),
    hybridNodes,
    capabilities,
    credentials: described(
      "How Terraform signs in to Kubernetes: `exec` runs `aws eks get-token` and needs the AWS CLI; `token` is an " +
        "ephemeral resource, read afresh at plan and at apply and good for 15 minutes each time, where the CLI is " +
        "missing, as on a Terraform Cloud runner. It needs Terraform 1.10 or OpenTofu 1.11, so it raises the floor to 1.11.",
      z.enum(["exec", "token"]).default("exec"),
    ),
    deletionProtection: described(
      "Refuses deletion until switched off. Needs AWS provider 6.9, so it raises the floor.",
      z.boolean().default(false),
    ),
    nodeGroups: described("Managed node groups by name.", z.record(nodeGroupName, nodeGroupSchema).default({})),
    fargateProfiles: described(
      "Fargate profiles by name.",
      z.record(fargateProfileName, fargateProfileSchema).default({}),
    ),
    autoMode: described(
      "Nodes that EKS itself makes and ends. Turning it off ends them and the load balancers that it made. Do that " +
        "in EKS first (`aws eks update-cluster-config`), then here; AWS provider 5.100 still stumbles over what " +
        "remains, a 6.x with the fix of hashicorp/terraform-provider-aws#44334 does not.",
      z
        .discriminatedUnion("kind", [
          z.strictObject({ kind: z.literal("off") }),
          z
            .strictObject({
              kind: z.literal("on"),
              nodePools: described(
                "Built-in node pools. None is right where there are `ownNodePools`.",
                z.array(z.enum(["general-purpose", "system"])).default(["general-purpose", "system"]),
              ),
              ownNodePools,
            })
            .refine(({ nodePools, ownNodePools: own }) => nodePools.length + Object.keys(own).length > 0, {
              path: ["nodePools"],
              error: "Auto Mode without a node pool makes no nodes",
              params: { remedy: 'write `nodePools: ["general-purpose", "system"]`, or add `ownNodePools`' },
            }),
        ])
        .prefault({ kind: "off" }),
    ),
    addons: addonsSchema,
    otherAddons: otherAddonsSchema,
  }),
);

/** A cluster's options with every default filled in. */
export type ClusterOptions = z.output<typeof clusterSchema> & { readonly name: string };

export type AccessEntryOptions = ClusterOptions["access"][string];
