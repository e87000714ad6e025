import { Netmask } from "netmask";
import { z } from "zod";
import { defaultKubernetesVersion, type KubernetesMinor, kubernetesVersions } from "../lifecycle/kubernetes-versions";
import { examples } from "../schema/examples";
import { arn, cidr, dnsLabel, json, networkOf, principalArn, reason, retentionDays } from "../schema/primitives";
import { fargateProfileName, fargateProfileSchema, nodeGroupName, nodeGroupSchema } from "./node-schema";

const minors = Object.keys(kubernetesVersions) as [KubernetesMinor, ...KubernetesMinor[]];

/** EKS access policies by what they grant. */
export const accessPolicies = {
  "cluster-admin": "AmazonEKSClusterAdminPolicy",
  admin: "AmazonEKSAdminPolicy",
  edit: "AmazonEKSEditPolicy",
  view: "AmazonEKSViewPolicy",
  "admin-view": "AmazonEKSAdminViewPolicy",
} as const;
const accessPolicyNames = Object.keys(accessPolicies) as [
  keyof typeof accessPolicies,
  ...(keyof typeof accessPolicies)[],
];

/** Who may call the private endpoint beside what runs in the cluster: one rule for port 443 on the cluster's security group. */
const endpointClient = z.discriminatedUnion("kind", [
  /** A network that reaches the VPC: of a VPN, a peered VPC, of runners. */
  z.strictObject({ kind: z.literal("network"), cidr }),
  /** A security group of the VPC or of a peered one: of a bastion, of runners. */
  z.strictObject({
    kind: z.literal("security-group"),
    id: z
      .string()
      .regex(/^sg-[0-9a-f]+$/, "a security group looks like sg-0123456789abcdef0")
      .register(examples, { example: "sg-0123456789abcdef0" }),
  }),
  /** A prefix list, such as the networks of an organization. */
  z.strictObject({
    kind: z.literal("prefix-list"),
    id: z
      .string()
      .regex(/^pl-[0-9a-f]+$/, "a prefix list looks like pl-0123456789abcdef0")
      .register(examples, { example: "pl-0123456789abcdef0" }),
  }),
]);

const endpointClients = z
  .array(endpointClient)
  .refine((clients) => new Set(clients.map((client) => JSON.stringify(client))).size === clients.length, {
    error: "a client is in the list once",
    params: { remedy: "keep one of the two" },
  })
  .default([]);

const endpoint = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("private"),
    /**
     * Who may call it from outside the cluster. EKS's own security group admits itself alone, so without a client nobody
     * does, Terraform included. Default: none.
     */
    clients: endpointClients,
    /**
     * Where Terraform runs if no client is named: `inside`, on the cluster's own nodes or with its security group.
     * Default: not stated, and a cluster with pods is then refused.
     */
    reachedFrom: z.strictObject({ kind: z.literal("inside"), reason }).optional(),
  }),
  z.strictObject({
    kind: z.literal("public-and-private"),
    /** Who may call the private side from outside the cluster. Default: none. */
    clients: endpointClients,
    /** Networks that may reach the public endpoint; never the whole internet. */
    cidrs: z
      .array(cidr)
      .min(1, "a public endpoint needs the networks that may reach it")
      .register(examples, { example: ["203.0.113.0/24"] }),
  }),
]);

const encryption = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("customer-key"),
    /** Days between the key's deletion and its end, 7 to 30. Default: 30. */
    deletionWindowDays: z.number().int().min(7).max(30).default(30),
  }),
  z.strictObject({ kind: z.literal("existing-key"), keyArn: arn }),
  /** A customer key cannot be taken off a cluster: going back here replaces the cluster. */
  z.strictObject({ kind: z.literal("aws-owned-key"), reason }),
]);

/** A namespace, with `*` for any text in it. */
const namespacePattern = z.string().min(1).register(examples, { example: "shop" });

const accessEntry = z.strictObject({
  /** Role or user that the entry admits. */
  principalArn,
  /** EKS access policies and where they count; each stands here once. */
  policies: z
    .array(
      z.strictObject({
        policy: z.enum(accessPolicyNames),
        /** Default: the whole cluster. */
        scope: z
          .discriminatedUnion("kind", [
            z.strictObject({ kind: z.literal("cluster") }),
            z.strictObject({ kind: z.literal("namespaces"), namespaces: z.array(namespacePattern).min(1) }),
          ])
          .prefault({ kind: "cluster" }),
      }),
    )
    .refine((policies) => new Set(policies.map(({ policy }) => policy)).size === policies.length, {
      error: "EKS knows a policy once for a principal; join the namespaces of both lines in one",
      params: { remedy: "keep one line of the policy, with the namespaces of both" },
    })
    .default([]),
  /** Kubernetes groups, for RBAC of your own. Default: none. */
  groups: z
    .array(
      z
        .string()
        .min(1)
        .refine((group) => !group.startsWith("system:"), "EKS refuses groups that begin with system:")
        .register(examples, { example: "viewers" }),
    )
    .default([]),
});

const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].map((range) => new Netmask(range));

/** Source: KubernetesNetworkConfigRequest in the EKS API reference. */
function isServiceNetwork(text: string): boolean {
  const network = new Netmask(text);
  return network.bitmask >= 12 && network.bitmask <= 24 && privateRanges.some((range) => range.contains(network));
}

const addon = z.strictObject({
  /**
   * `default`: what EKS recommends for the cluster's version at creation. `latest`: the newest at each apply.
   * Or one version, such as `v1.22.4-eksbuild.1`. Default: `default`.
   */
  version: z
    .union([
      z.enum(["default", "latest"]),
      z
        .string()
        .regex(/^v\d+\.\d+\.\d+-eksbuild\.\d+$/, "an add-on version looks like v1.22.4-eksbuild.1")
        .register(examples, { example: "v1.22.4-eksbuild.1" }),
    ])
    .default("default"),
  /** Configuration values of the add-on, as its JSON schema has them. Default: none. */
  configuration: z.record(z.string(), json).default({}),
});
const addonOrOff = z.union([z.literal("off"), addon]);
const addonByDefault = addonOrOff.prefault({});

/** An add-on as it is where nothing is said of it. */
export const defaultAddon = addon.parse({});

export const clusterSchema = z.strictObject({
  /** Default: the environment's name. */
  name: z
    .string()
    .regex(
      /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/,
      "a cluster name has letters, digits, hyphens and underscores, at most 100",
    )
    .register(examples, { example: "platform" })
    .optional(),
  /** Kubernetes minor. Default: the newest that every component of this project claims. */
  version: z.enum(minors).register(examples, { example: defaultKubernetesVersion }).default(defaultKubernetesVersion),
  /** What happens at the end of standard support: STANDARD upgrades by itself, EXTENDED pays for a year more. Default: STANDARD. */
  supportType: z.enum(["STANDARD", "EXTENDED"]).default("STANDARD"),
  /** Who can reach the API server. Default: the VPC alone. */
  endpoint: endpoint.prefault({ kind: "private" }),
  /** Key around Kubernetes secrets. Default: a customer key of the cluster's own, rotated every year. */
  encryption: encryption.prefault({ kind: "customer-key" }),
  /** Control-plane logs. Default: all five kinds, 90 days. */
  logs: z
    .strictObject({
      types: z
        .array(z.enum(["api", "audit", "authenticator", "controllerManager", "scheduler"]))
        .default(["api", "audit", "authenticator", "controllerManager", "scheduler"]),
      /** In days. Default: 90. */
      retentionDays: retentionDays.default(90),
    })
    .prefault({}),
  /** Network of Services, from /12 to /24, in a private range. Default: `172.20.0.0/16`. Cannot change later. */
  serviceCidr: cidr
    .pipe(
      z
        .string()
        .refine(
          isServiceNetwork,
          "EKS takes a network from /12 to /24 inside 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16",
        ),
    )
    .register(examples, { example: "172.20.0.0/16", meant: networkOf })
    .default("172.20.0.0/16"),
  /** Who gets into the cluster, by a name of your own. The creator gets in only if listed. */
  access: z
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
  /**
   * How Terraform signs in to Kubernetes: `exec` runs `aws eks get-token` and needs the AWS CLI; `token` is an ephemeral
   * resource, read afresh at plan and at apply and good for 15 minutes each time, where the CLI is missing, as on a
   * Terraform Cloud runner. It needs Terraform 1.10 or OpenTofu 1.11, so it raises the floor to 1.11. Default: `exec`.
   */
  credentials: z.enum(["exec", "token"]).default("exec"),
  /** Refuses deletion until switched off. Needs AWS provider 6.9, so it raises the floor. Default: false. */
  deletionProtection: z.boolean().default(false),
  /** Managed node groups by name. Default: none. */
  nodeGroups: z.record(nodeGroupName, nodeGroupSchema).default({}),
  /** Fargate profiles by name. Default: none. */
  fargateProfiles: z.record(fargateProfileName, fargateProfileSchema).default({}),
  /**
   * Nodes that EKS itself makes and ends. Turning it off ends them and the load balancers that it made. Do that in EKS
   * first (`aws eks update-cluster-config`), then here; AWS provider 5.100 still stumbles over what remains, a 6.x with
   * the fix of hashicorp/terraform-provider-aws#44334 does not. Default: off.
   */
  autoMode: z
    .discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("off") }),
      z.strictObject({
        kind: z.literal("on"),
        /** Built-in node pools, one at least: EKS takes the nodes' role only with them. Default: both. */
        nodePools: z
          .array(z.enum(["general-purpose", "system"]))
          .min(1, "Auto Mode without a built-in node pool makes no nodes")
          .default(["general-purpose", "system"]),
      }),
    ])
    .prefault({ kind: "off" }),
  /**
   * Add-ons of EKS, by AWS's names; `off` leaves one out. Default: each of the five where something runs that needs it:
   * the agent and the EBS driver with node groups, CoreDNS with node groups or Fargate, none with Auto Mode alone; and the
   * metrics server where a workload has an autoscaler, which counts on it.
   */
  addons: z
    .strictObject({
      "vpc-cni": addonByDefault,
      "kube-proxy": addonByDefault,
      "eks-pod-identity-agent": addonByDefault,
      coredns: addonByDefault,
      "aws-ebs-csi-driver": addonByDefault,
      "metrics-server": addonOrOff.optional(),
    })
    .prefault({}),
});

/** A cluster's options with every default filled in. */
export type ClusterOptions = z.output<typeof clusterSchema> & { readonly name: string };

export type AccessEntryOptions = ClusterOptions["access"][string];
export type AddonName = keyof ClusterOptions["addons"];
export type AddonOptions = z.output<typeof addon>;
