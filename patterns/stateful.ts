import { defineEnvironment } from "../platform/define-environment";

/** A database on volumes that outlive it, and snapshots of them. */
export default defineEnvironment({
  name: "stateful",
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
    otherAddons: { "snapshot-controller": {} },
  },
  storageClasses: {
    gp3: { kind: "ebs", default: true },
    kept: { kind: "ebs", iops: 6000, throughputMiBps: 250, reclaim: "Retain" },
  },
  manifests: {
    snapshots: {
      objects: [
        {
          apiVersion: "snapshot.storage.k8s.io/v1",
          kind: "VolumeSnapshotClass",
          metadata: { name: "ebs" },
          driver: "ebs.csi.aws.com",
          deletionPolicy: "Retain",
        },
      ],
    },
  },
  workloads: {
    db: {
      namespace: "data",
      image: { name: "public.ecr.aws/docker/library/postgres", tag: "17.2" },
      port: 5432,
      replicas: 1,
      environment: { PGDATA: "/var/lib/postgresql/data/db", POSTGRES_PASSWORD: { secret: "db", key: "password" } },
      runs: {
        kind: "stateful-set",
        volumes: { data: { mountPath: "/var/lib/postgresql/data", sizeGiB: 100, storageClass: "kept" } },
      },
      temporaryDirectories: ["/tmp", "/var/run/postgresql"],
    },
  },
});
