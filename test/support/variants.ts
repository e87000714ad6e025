import type { EnvironmentInput } from "../../platform/environment";
import { everyEntry } from "./every-entry";
import { safeDoors } from "./safe-doors";

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

/** Environments beside the project's own that have what those have not. */
export const variants: Readonly<Record<string, EnvironmentInput>> = {
  ...everyEntry(),
  "fargate-in-existing-network": fargateInExistingNetwork,
  "safe-doors": safeDoors,
};
