import type { EnvironmentInput } from "../../platform/environment";
import { doorEnvironments } from "./door-matrix";
import { apiEnvironment } from "./door-matrix-apis";
import { everyEntry } from "./every-entry";
import { minimal } from "./minimal";
import { safeDoors } from "./safe-doors";
import { newerProvider, ownNodePools, wholeCluster } from "./whole-cluster";

/** A cluster without nodes in another team's VPC, its state and runs in Terraform Cloud, on agents. */
const fargateInExistingNetwork: EnvironmentInput = {
  name: "fargate",
  aws: { region: "eu-central-1", accountId: "123456789012" },
  state: {
    kind: "cloud",
    organization: "example",
    project: "platform",
    runs: { kind: "agent", pool: "apool-0123456789abcdef" },
    notifications: { platform: { kind: "slack" } },
  },
  network: {
    kind: "existing",
    vpcId: "vpc-0123456789abcdef0",
    cidr: "10.40.0.0/16",
    publicSubnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
    privateSubnetIds: ["subnet-0123456789abcdef2", "subnet-0123456789abcdef3"],
  },
  cluster: {
    credentials: "token",
    endpoint: { kind: "private", clients: [{ kind: "security-group", id: "sg-0123456789abcdef0" }] },
    fargateProfiles: {
      system: {
        selectors: [{ namespace: "kube-system" }, { namespace: "cert-manager" }, { namespace: "external-dns" }],
      },
      shop: { selectors: [{ namespace: "shop" }] },
    },
    access: {
      operators: {
        principalArn: "arn:aws:iam::123456789012:role/operators",
        policies: [{ policy: "cluster-admin" }],
      },
    },
  },
  identity: { workloads: "irsa" },
  dns: { zones: { "example.com": { kind: "existing", zoneId: "Z0123456789ABCDEFGHIJ" } } },
  controllers: { certManager: {}, awsLoadBalancerController: {}, externalDns: {} },
  workloads: {
    shop: {
      namespace: "shop",
      image: { name: "example.com/shop", tag: "1.0.0" },
      port: 8080,
      routes: [{ kind: "alb", host: "shop.example.com", dns: { kind: "external-dns" } }, { kind: "nlb" }],
    },
  },
};

/** Add-ons, charts and objects that this project knows nothing of. */
const anythingElse: EnvironmentInput = {
  ...minimal("anything-else"),
  aws: {
    region: "us-west-2",
    accountId: "123456789012",
    iam: { permissionsBoundary: "arn:aws:iam::123456789012:policy/boundary", path: "/platform/" },
    logs: { kmsKeyArn: "arn:aws:kms:us-west-2:123456789012:key/11111111-2222-4333-8444-555555555555" },
  },
  identity: { workloads: "irsa" },
  cluster: {
    ...minimal("anything-else").cluster,
    nodeGroups: {
      general: {},
      search: {
        subnets: { kind: "zones", zones: ["a"] },
        disk: { sizeGiB: 100, iops: 6000, throughputMiBps: 500 },
        nodeRepair: true,
        forceUpdate: { reason: "Pods of search come back from their snapshots." },
        tags: { Team: "search" },
        kubelet: { maxPods: 110 },
      },
      secret: { amiType: "BOTTLEROCKET_ARM_64_FIPS" },
    },
    otherAddons: {
      "aws-efs-csi-driver": {
        credentials: {
          "efs-csi-controller-sa": {
            kind: "role",
            policyArns: ["arn:aws:iam::aws:policy/service-role/AmazonEFSCSIDriverPolicy"],
          },
        },
      },
      "amazon-cloudwatch-observability": {
        version: "latest",
        configuration: { containerLogs: { enabled: false } },
        preserve: true,
        credentials: { "cloudwatch-agent": { kind: "existing", roleArn: "arn:aws:iam::123456789012:role/observer" } },
      },
      "node-agent": { version: "v1.2.0-eksbuild.1", runs: "before-nodes" },
      "queue-agent": {
        credentials: {
          agent: {
            kind: "role",
            statements: [{ actions: ["sqs:ReceiveMessage"], resources: ["arn:aws:sqs:us-west-2:123456789012:jobs"] }],
          },
        },
      },
    },
  },
  controllers: { awsLoadBalancerController: {}, certManager: {} },
  releases: {
    keda: {
      chart: { repository: "https://kedacore.github.io/charts", name: "keda", version: "2.18.1" },
      values: { resources: { operator: { requests: { cpu: "100m" } } } },
      valuesFrom: { clusterName: "cluster-name", "podIdentity.aws.irsa.roleArn": "role-arn" },
      credentials: {
        serviceAccount: "keda-operator",
        statements: [{ actions: ["sqs:GetQueueAttributes"], resources: ["arn:aws:sqs:us-west-2:123456789012:orders"] }],
      },
      after: ["controllers.certManager"],
      supportedUntil: "2027-11-30",
    },
    grafana: {
      chart: { repository: "oci://ghcr.io/grafana/helm-charts", name: "grafana", version: "10.1.4" },
      namespace: "observability",
      secretValues: {
        adminPassword: {
          secretArn: "arn:aws:secretsmanager:us-west-2:123456789012:secret:platform/grafana-AbCdEf",
          key: "password",
        },
        license: { secretArn: "arn:aws:secretsmanager:us-west-2:123456789012:secret:licence-AbCdEf" },
      },
      secretRevision: 2,
      crds: "elsewhere",
      timeoutSeconds: 900,
      after: ["releases.keda"],
    },
  },
  manifests: {
    issuers: {
      objects: [
        {
          apiVersion: "cert-manager.io/v1",
          kind: "ClusterIssuer",
          metadata: { name: "internal" },
          spec: { selfSigned: {} },
        },
      ],
      after: ["controllers.certManager"],
    },
    quotas: {
      stack: "apps",
      namespace: "shop",
      yaml: [
        "apiVersion: v1\nkind: ResourceQuota\nmetadata: {name: pods}\nspec: {hard: {pods: '20'}}\n---\n" +
          "apiVersion: scheduling.k8s.io/v1\nkind: PriorityClass\nmetadata: {name: urgent}\nvalue: 10\n",
      ],
    },
  },
  workloads: {
    shop: {
      namespace: "shop",
      image: { name: "example.com/shop", tag: "1.0.0" },
      port: 8080,
      routes: [{ kind: "alb", host: "shop.example.com" }],
    },
  },
};

/** Environments beside the project's own that have what those have not. */
export const variants: Readonly<Record<string, EnvironmentInput>> = {
  ...everyEntry(),
  "fargate-in-existing-network": fargateInExistingNetwork,
  "anything-else": anythingElse,
  "safe-doors": safeDoors,
  "whole-cluster": wholeCluster,
  "newer-provider": newerProvider,
  "own-node-pools": ownNodePools,
  ...doorEnvironments,
  "doors-apis": apiEnvironment,
};
