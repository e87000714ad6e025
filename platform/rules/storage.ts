import { meant } from "../../modules/schema/meant";
import { formatPath, type Problem } from "../../modules/schema/problem";
import type { Environment } from "../environment";
import { workloadsOnFargate } from "./fargate";

function volumesOf({ workloads }: Environment) {
  return Object.entries(workloads).flatMap(([workload, { runs }]) =>
    runs.kind !== "stateful-set"
      ? []
      : Object.entries(runs.volumes).map(([name, volume]) => ({
          workload,
          volume,
          path: ["workloads", workload, "runs", "volumes", name],
        })),
  );
}

/** Each driver is where its classes are. */
export function storageClassesHaveTheirDriver({ cluster, storageClasses }: Environment): readonly Problem[] {
  const { addons, autoMode, nodeGroups, otherAddons } = cluster;
  const ebs = autoMode.kind === "on" || (addons["aws-ebs-csi-driver"] !== "off" && Object.keys(nodeGroups).length > 0);
  return Object.entries(storageClasses).flatMap(([name, options]): readonly Problem[] => {
    const at = { path: formatPath(["storageClasses", name]), value: options };
    if (options.kind === "ebs" && !ebs) {
      return [
        {
          ...at,
          rule: "no driver of EBS is here: the add-on `aws-ebs-csi-driver` comes with node groups, and Auto Mode has its own",
          remedy: "add a node group, and leave the add-on on",
        },
      ];
    }
    if (options.kind === "efs" && otherAddons["aws-efs-csi-driver"] === undefined) {
      return [
        {
          ...at,
          rule: "the add-on `aws-efs-csi-driver` makes such volumes, and it is not there",
          remedy:
            'add `otherAddons: { "aws-efs-csi-driver": { credentials: { ... } } }` to `cluster`; docs/anything-else.md has it whole',
        },
      ];
    }
    return [];
  });
}

/** EKS makes no default class of its own since 1.30. Source: EKS user guide, release notes of Kubernetes 1.30. */
export function volumesHaveAClass(environment: Environment): readonly Problem[] {
  const classes = environment.storageClasses;
  const known = Object.keys(classes);
  const byDefault = Object.values(classes).some((one) => one.default);
  return volumesOf(environment).flatMap(({ volume, path }): readonly Problem[] => {
    const { storageClass, accessMode } = volume;
    if (storageClass === undefined && !byDefault) {
      return [
        {
          path: formatPath(path),
          value: volume,
          rule: "it names no class, and EKS has had no default class since Kubernetes 1.30, so no volume would be made and no pod start",
          remedy: 'add `storageClasses: { gp3: { kind: "ebs", default: true } }` to the environment',
        },
      ];
    }
    // gp2 is in every cluster of EKS with node groups.
    if (storageClass !== undefined && !known.includes(storageClass) && storageClass !== "gp2") {
      return [
        {
          path: formatPath([...path, "storageClass"]),
          value: storageClass,
          rule: "it is none of `storageClasses`",
          remedy: meant(storageClass, known, 'add it there, such as `{ kind: "ebs" }`'),
        },
      ];
    }
    const used = storageClass === undefined ? Object.values(classes).find((one) => one.default) : classes[storageClass];
    if (accessMode === "ReadWriteMany" && (used === undefined || used.kind === "ebs")) {
      return [
        {
          path: formatPath([...path, "accessMode"]),
          value: accessMode,
          rule: "a volume of EBS is mounted by one node at a time",
          remedy: 'write `accessMode: "ReadWriteOnce"`, or a class of kind "efs"',
        },
      ];
    }
    return [];
  });
}

/** Source: EKS user guide, "AWS Fargate considerations": no EBS volumes. */
export function volumesNotOnFargate(environment: Environment): readonly Problem[] {
  const selected = workloadsOnFargate(environment);
  return volumesOf(environment)
    .filter(({ workload }) => selected.includes(workload))
    .map(({ volume, path }) => ({
      path: formatPath(path),
      value: volume,
      rule: "a Fargate profile selects these pods, and Fargate makes no volumes for them",
      remedy: "run them on nodes, or keep the data in a service of AWS",
    }));
}

/** A door leads to pods that stand. */
export function jobsHaveNoDoors({ mesh, workloads }: Environment): readonly Problem[] {
  const jobs = Object.entries(workloads).filter(([, { runs }]) => runs.kind === "job" || runs.kind === "cron-job");
  const names = jobs.map(([name]) => name);
  const calls = Object.entries(workloads).flatMap(([name, { calls: all }]) =>
    all.flatMap((call, index) =>
      call.kind === "workload" && names.includes(call.workload)
        ? [
            {
              path: formatPath(["workloads", name, "calls", index, "workload"]),
              value: call.workload,
              rule: "a Job runs to its end, and nobody calls it",
              remedy: "take the line out",
            },
          ]
        : [],
    ),
  );
  const members = JSON.stringify(mesh ?? {});
  return [
    ...jobs.flatMap(([name, { routes }]) =>
      routes.length === 0
        ? []
        : [
            {
              path: formatPath(["workloads", name, "routes"]),
              value: routes.map(({ kind }) => kind),
              rule: "a Job runs to its end, and no door leads to it",
              remedy: 'take `routes` out, or write `runs: { kind: "deployment" }`',
            },
          ],
    ),
    ...names
      .filter((name) => members.includes(`"workload":${JSON.stringify(name)}`))
      .map((name) => ({
        path: formatPath(["workloads", name, "runs"]),
        value: workloads[name]?.runs,
        rule: "the mesh has this workload as a member, and a Job is nobody's to call",
        remedy: "take it out of the mesh",
      })),
    ...calls,
  ];
}
