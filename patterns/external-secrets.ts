import { defineEnvironment } from "../platform/define-environment";

/** Secrets out of Secrets Manager: a store, and an ExternalSecret that a workload reads. */
export default defineEnvironment({
  name: "external-secrets",
  aws: { region: "us-west-2", accountId: "123456789012" },
  cluster: {
    endpoint: { kind: "private", clients: [{ kind: "network", cidr: "10.100.0.0/16" }] },
    access: {
      operators: {
        principalArn: "arn:aws:iam::123456789012:role/operators",
        policies: [{ policy: "cluster-admin" }],
      },
    },
    nodeGroups: { general: {} },
  },
  controllers: { externalSecrets: { prefix: "shop" } },
  manifests: {
    store: {
      after: ["controllers.externalSecrets"],
      objects: [
        {
          apiVersion: "external-secrets.io/v1",
          kind: "ClusterSecretStore",
          metadata: { name: "aws" },
          spec: { provider: { aws: { service: "SecretsManager", region: "us-west-2" } } },
        },
      ],
    },
    database: {
      stack: "apps",
      namespace: "shop",
      objects: [
        {
          apiVersion: "external-secrets.io/v1",
          kind: "ExternalSecret",
          metadata: { name: "database" },
          spec: {
            secretStoreRef: { kind: "ClusterSecretStore", name: "aws" },
            target: { name: "database" },
            data: [{ secretKey: "password", remoteRef: { key: "shop/database", property: "password" } }],
          },
        },
      ],
    },
  },
  workloads: {
    shop: {
      namespace: "shop",
      image: { name: "example.com/shop", tag: "1.0.0" },
      port: 8080,
      environment: { DATABASE_PASSWORD: { secret: "database", key: "password" } },
    },
  },
});
