import type { RolePermissions } from "../identity/schema";
import type { Json } from "../schema/primitives";
import type { AddonName, AddonOptions, OtherAddonOptions } from "./addon-schema";
import type { ClusterOptions } from "./schema";

/** What runs the cluster's pods. */
interface Compute {
  /** Managed node groups. */
  readonly nodes: boolean;
  readonly fargate: boolean;
  /** Auto Mode, whose nodes bring network, DNS, volumes and Pod Identity with them. */
  readonly autoMode: boolean;
}

/** An AWS policy that an add-on's pods need, through Pod Identity. */
interface AddonPermissions {
  readonly serviceAccount: string;
  /** AWS's own policy by name, with its path. */
  readonly managedPolicy: string;
}

/** A role of one of an add-on's service accounts, through Pod Identity. */
export type AddonRole = { readonly serviceAccount: string } & (
  | { readonly kind: "managed"; readonly managedPolicy: string }
  | ({ readonly kind: "role" } & RolePermissions)
  | { readonly kind: "existing"; readonly roleArn: string }
);

/** An add-on that the cluster gets. */
export interface PlannedAddon {
  readonly name: string;
  readonly version: AddonOptions["version"];
  readonly configuration: Readonly<Record<string, Json>>;
  /** Empty where it needs none, or has the nodes' role. */
  readonly roles: readonly AddonRole[];
  /** Whether its objects stay in the cluster without it. */
  readonly preserve: boolean;
}

/** Add-ons in the order they are installed. */
export interface AddonPlan {
  /** Without them a node never becomes ready, or a pod starts without its credentials. */
  readonly beforeNodes: readonly PlannedAddon[];
  /** Their pods need somewhere to run, or EKS reports them as degraded and the apply fails. */
  readonly afterNodes: readonly PlannedAddon[];
  /** Whether the VPC CNI works with the nodes' role. */
  readonly vpcCniUsesNodeRole: boolean;
}

interface AddonFacts {
  readonly stage: "before-nodes" | "after-nodes";
  readonly neededWith: (compute: Compute) => boolean;
  readonly permissions?: AddonPermissions;
}

// Auto Mode makes all but the metrics server redundant, unless other compute stands beside it; these add-ons keep off its
// nodes themselves.
// Source: EKS user guide, "Amazon EKS add-ons", considerations for Auto Mode.
const besidesAutoMode = ({ nodes, fargate, autoMode }: Compute) => nodes || fargate || !autoMode;

/**
 * In the order they are installed. The permissions are those that EKS recommends for each add-on. The EBS driver's are over
 * volumes and snapshots with its tag alone, which it puts on all that it makes.
 * Source: kubernetes-sigs/aws-ebs-csi-driver#2918.
 */
const addonFacts: Readonly<Record<AddonName, AddonFacts>> = {
  "eks-pod-identity-agent": { stage: "before-nodes", neededWith: ({ nodes }) => nodes },
  "vpc-cni": {
    stage: "before-nodes",
    neededWith: besidesAutoMode,
    permissions: { serviceAccount: "aws-node", managedPolicy: "AmazonEKS_CNI_Policy" },
  },
  "kube-proxy": { stage: "before-nodes", neededWith: besidesAutoMode },
  coredns: { stage: "after-nodes", neededWith: ({ nodes, fargate }) => nodes || fargate },
  "aws-ebs-csi-driver": {
    stage: "after-nodes",
    // Fargate has no EBS.
    neededWith: ({ nodes }) => nodes,
    permissions: { serviceAccount: "ebs-csi-controller-sa", managedPolicy: "AmazonEBSCSIDriverPolicyV2" },
  },
  // AWS's build listens on 10251, since 10250 is the kubelet's on Fargate. Source: EKS user guide, "Metrics Server".
  "metrics-server": {
    stage: "after-nodes",
    neededWith: ({ nodes, fargate, autoMode }) => nodes || fargate || autoMode,
  },
};

const addonNames = Object.keys(addonFacts) as readonly AddonName[];

/**
 * Chooses the add-ons of a cluster by what runs its pods, their order, and who gives them AWS permissions.
 * Throws where the EBS driver would have none.
 */
export function planAddons(cluster: ClusterOptions): AddonPlan {
  const compute: Compute = {
    nodes: Object.keys(cluster.nodeGroups).length > 0,
    fargate: Object.keys(cluster.fargateProfiles).length > 0,
    autoMode: cluster.autoMode.kind === "on",
  };
  const chosen = (name: AddonName): AddonOptions | undefined => {
    const options = cluster.addons[name];
    return options === undefined || options === "off" || !addonFacts[name].neededWith(compute) ? undefined : options;
  };
  const podIdentity = chosen("eks-pod-identity-agent") !== undefined;
  if (chosen("aws-ebs-csi-driver") !== undefined && !podIdentity) throw new Error(ebsDriverWithoutAgent);

  const stage = (wanted: AddonFacts["stage"]) =>
    addonNames.flatMap((name): PlannedAddon[] => {
      const options = chosen(name);
      if (options === undefined || addonFacts[name].stage !== wanted) return [];
      return [
        {
          name,
          version: options.version,
          configuration: { ...placement(name, compute), ...options.configuration },
          roles: podIdentity ? rolesOf(addonFacts[name].permissions) : [],
          preserve: false,
        },
      ];
    });
  const others = (wanted: AddonFacts["stage"]) =>
    Object.entries(cluster.otherAddons).flatMap(([name, options]) =>
      options.runs === wanted ? [otherAddon(name, options)] : [],
    );
  return {
    beforeNodes: [...stage("before-nodes"), ...others("before-nodes")],
    afterNodes: [...stage("after-nodes"), ...others("after-nodes")],
    vpcCniUsesNodeRole: chosen("vpc-cni") !== undefined && !podIdentity,
  };
}

function rolesOf(permissions: AddonPermissions | undefined): readonly AddonRole[] {
  return permissions === undefined ? [] : [{ kind: "managed", ...permissions }];
}

function otherAddon(name: string, { version, configuration, preserve, credentials }: OtherAddonOptions): PlannedAddon {
  const roles = Object.entries(credentials).map(([serviceAccount, given]) => ({ serviceAccount, ...given }));
  return { name, version, configuration, preserve, roles };
}

/** CoreDNS asks for EC2 unless its configuration says otherwise, and would wait forever where only Fargate is. */
function placement(name: AddonName, { nodes }: Compute): Readonly<Record<string, Json>> {
  return name === "coredns" && !nodes ? { computeType: "Fargate" } : {};
}

const ebsDriverWithoutAgent = [
  'cluster.addons["aws-ebs-csi-driver"]: it is on while eks-pod-identity-agent is off.',
  "Its controller gets its AWS permissions through Pod Identity; the nodes' role is out of its reach over one metadata hop.",
  'Leave the agent on, or set cluster.addons["aws-ebs-csi-driver"] to "off".',
].join(" ");
