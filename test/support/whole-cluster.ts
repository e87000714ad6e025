import type { EnvironmentInput } from "../../platform/environment";
import { minimal } from "./minimal";

/** With a door, which every golden environment has. */
const base = (name: string): EnvironmentInput => ({
  ...minimal(name),
  workloads: {
    shop: {
      namespace: "shop",
      image: { name: "example.com/shop", tag: "1.0.0" },
      port: 8080,
      routes: [{ kind: "alb", host: "shop.example.com" }],
    },
  },
});

/** What a control plane takes beside what every cluster has, and who comes in by what. */
export const wholeCluster: EnvironmentInput = {
  ...base("whole-cluster"),
  aws: { region: "us-west-2", accountId: "123456789012" },
  cluster: {
    ...base("whole-cluster").cluster,
    authentication: "API_AND_CONFIG_MAP",
    nodeGroups: {
      general: {},
      training: {
        amiType: "AL2023_x86_64_NVIDIA",
        instanceTypes: ["p5.48xlarge"],
        capacity: "CAPACITY_BLOCK",
        subnets: { kind: "zones", zones: ["a"] },
        machine: {
          capacityReservation: { kind: "reservation", id: "cr-0123456789abcdef0" },
          monitoring: true,
          placementGroup: "near-each-other",
          cpu: { cores: 48, threadsPerCore: 1 },
          autoRecovery: "disabled",
          moreVolumes: { "/dev/xvdc": { sizeGiB: 500, iops: 6000, snapshotId: "snap-0123456789abcdef0" } },
        },
      },
      burst: {
        instanceTypes: ["t3.large"],
        machine: { credits: "standard", tenancy: "dedicated", enclaves: true, capacityReservation: { kind: "none" } },
      },
    },
    zonalShift: "on",
    additionalSecurityGroups: ["sg-0123456789abcdef0"],
    forceUpdate: { reason: "The insight is about a client that is gone." },
    logs: { class: "INFREQUENT_ACCESS" },
    roles: {
      controlPlane: { kind: "existing", roleArn: "arn:aws:iam::123456789012:role/cluster" },
      nodes: { kind: "own", policyArns: ["arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy"] },
    },
    hybridNodes: { nodeNetworks: ["10.200.0.0/16"], podNetworks: ["10.201.0.0/16"] },
    identityProvider: {
      name: "okta",
      issuerUrl: "https://example.okta.com/oauth2/default",
      clientId: "0oa1",
      usernameClaim: "email",
      groupsClaim: "groups",
      groupsPrefix: "okta:",
      requiredClaims: { aud: "eks" },
    },
    access: {
      ...base("whole-cluster").cluster?.access,
      deployer: {
        principalArn: "arn:aws:iam::123456789012:role/deployer",
        userName: "deployer:{{SessionName}}",
        groups: ["deployers"],
        policies: [{ policy: "AmazonEKSHybridPolicy" }],
      },
      "own-machines": { type: "EC2_LINUX", principalArn: "arn:aws:iam::123456789012:role/machines" },
    },
  },
  namespaces: {
    data: {
      quota: { pods: "20", "requests.memory": "32Gi" },
      containerLimits: { default: { memory: "256Mi" }, max: { cpu: "4" } },
    },
  },
  storageClasses: {
    gp3: { kind: "ebs", default: true, iops: 4000, throughputMiBps: 250 },
    kept: {
      kind: "ebs",
      type: "io2",
      iops: 10000,
      reclaim: "Retain",
      kmsKeyArn: "arn:aws:kms:us-west-2:123456789012:key/11111111-2222-4333-8444-555555555555",
    },
    scratch: { kind: "other", provisioner: "fsx.csi.aws.com", parameters: { deploymentType: "SCRATCH_2" } },
  },
  workloads: {
    ...base("whole-cluster").workloads,
    front: {
      namespace: "data",
      image: { name: "example.com/front", tag: "1.0.0" },
      port: 8080,
      morePorts: { metrics: { port: 9090 } },
      initContainers: { migrate: { image: { name: "example.com/front", tag: "1.0.0" }, args: ["migrate"] } },
      sidecars: {
        proxy: { image: { name: "example.com/proxy", tag: "2.0.0" }, port: 5432, environment: { MODE: "ro" } },
      },
      autoscaler: {
        min: 2,
        max: 9,
        memoryPercent: 80,
        metrics: [
          { kind: "pods", name: "requests_per_second", average: "100" },
          { kind: "external", name: "queue_depth", labels: { queue: "orders" }, average: "30" },
        ],
        takeAfterSeconds: 600,
      },
      scheduling: {
        nodeSelector: { "kubernetes.io/arch": "amd64" },
        tolerations: [
          { key: "dedicated", value: "front", effect: "NoSchedule" },
          { operator: "Exists", effect: "NoExecute", seconds: 30 },
        ],
        priorityClass: "urgent",
        topologySpread: [{ topologyKey: "topology.kubernetes.io/region", whenUnsatisfiable: "DoNotSchedule" }],
        affinity: {
          nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: {
              nodeSelectorTerms: [
                {
                  matchExpressions: [
                    { key: "node.kubernetes.io/instance-type", operator: "In", values: ["m7i.large"] },
                  ],
                },
              ],
            },
          },
          podAntiAffinity: {
            preferredDuringSchedulingIgnoredDuringExecution: [
              {
                weight: 50,
                podAffinityTerm: {
                  topologyKey: "kubernetes.io/hostname",
                  labelSelector: { matchLabels: { app: "db" } },
                },
              },
            ],
          },
        },
      },
      kubernetes: { kind: "namespace", rules: [{ resources: ["pods"], verbs: ["get", "list", "watch"] }] },
    },
    db: {
      namespace: "data",
      image: { name: "example.com/db", tag: "16.0.0" },
      port: 5432,
      runs: {
        kind: "stateful-set",
        volumes: {
          data: { mountPath: "/var/lib/db", sizeGiB: 50 },
          wal: { mountPath: "/var/lib/wal", sizeGiB: 10, storageClass: "kept" },
        },
        whenScaled: "Delete",
      },
      temporaryDirectories: ["/tmp"],
    },
    report: {
      namespace: "data",
      image: { name: "example.com/report", tag: "1.0.0" },
      runs: { kind: "cron-job", schedule: "0 3 * * 1", timeZone: "Europe/Berlin", deadlineSeconds: 3600 },
      kubernetes: {
        kind: "cluster",
        rules: [{ resources: ["nodes"], verbs: ["list"] }],
        reason: "It counts nodes for the bill.",
      },
    },
    seed: {
      namespace: "data",
      image: { name: "example.com/seed", tag: "1.0.0" },
      runs: { kind: "job", backoffLimit: 2, keepSeconds: 600, restart: "Never" },
    },
  },
  networkPolicies: "from-routes",
  identity: {
    associations: {
      scanner: {
        namespace: "security",
        serviceAccount: "scanner",
        role: { kind: "own", statements: [{ actions: ["s3:GetObject"], resources: ["arn:aws:s3:::reports/*"] }] },
      },
      backup: {
        namespace: "backup",
        serviceAccount: "velero",
        role: { kind: "existing", roleArn: "arn:aws:iam::123456789012:role/velero" },
      },
    },
  },
};

/** Auto Mode with pools of its own alone. */
export const ownNodePools: EnvironmentInput = {
  ...base("own-node-pools"),
  cluster: {
    endpoint: base("own-node-pools").cluster?.endpoint,
    access: base("own-node-pools").cluster?.access,
    autoMode: {
      kind: "on",
      nodePools: [],
      ownNodePools: {
        general: {},
        arm: {
          requirements: [
            { key: "kubernetes.io/arch", operator: "In", values: ["arm64"] },
            { key: "eks.amazonaws.com/instance-gpu-count", operator: "DoesNotExist" },
          ],
          labels: { team: "search" },
          taints: [{ key: "dedicated", value: "search", effect: "NoSchedule" }],
          limits: { cpu: "16", memory: "64Gi" },
          weight: 10,
          consolidate: "WhenEmpty",
          storage: {
            sizeGiB: 200,
            kmsKeyArn: "arn:aws:kms:us-west-2:123456789012:key/11111111-2222-4333-8444-555555555555",
          },
          networkPolicy: "DefaultDeny",
        },
      },
    },
  },
};

/** What only a newer AWS provider knows. */
export const newerProvider: EnvironmentInput = {
  ...base("newer-provider"),
  aws: { region: "us-west-2", accountId: "123456789012" },
  cluster: {
    ...base("newer-provider").cluster,
    scalingTier: "tier-xl",
    capabilities: {
      resources: {
        kind: "ack",
        statements: [{ actions: ["sqs:CreateQueue"], resources: ["arn:aws:sqs:us-west-2:123456789012:orders-*"] }],
      },
      compositions: { kind: "kro" },
      delivery: {
        kind: "argocd",
        identityCenter: { instanceArn: "arn:aws:sso:::instance/ssoins-0123456789abcdef" },
        vpcEndpoints: ["vpce-0123456789abcdef0"],
        roles: [{ role: "ADMIN", identities: [{ type: "SSO_GROUP", id: "38414300-1041-708a-01af-0123456789ab" }] }],
      },
    },
  },
  identity: {
    associations: {
      ledger: {
        namespace: "ledger",
        serviceAccount: "ledger",
        role: { kind: "own" },
        targetRoleArn: "arn:aws:iam::210987654321:role/ledger-reader",
        sessionTags: "off",
      },
    },
  },
};
