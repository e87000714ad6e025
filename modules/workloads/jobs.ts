import type { CronJobV1 } from "@cdktf/provider-kubernetes/lib/cron-job-v1";
import type { JobV1, JobV1Spec } from "@cdktf/provider-kubernetes/lib/job-v1";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { deploymentName } from "./deployment";
import { workloadLabels } from "./labels";
import { nonEmpty } from "./non-empty";
import { type PodTemplateProps, podTemplate } from "./pod-template";
import type { Runs } from "./run-schema";

/** Five megabytes of code each, for environments that have one. */
const cronJobLibrary = (): typeof import("@cdktf/provider-kubernetes/lib/cron-job-v1") =>
  require("@cdktf/provider-kubernetes/lib/cron-job-v1");
const jobLibrary = (): typeof import("@cdktf/provider-kubernetes/lib/job-v1") =>
  require("@cdktf/provider-kubernetes/lib/job-v1");

type JobRuns = Extract<Runs, { kind: "job" | "cron-job" }>;

type JobProps<Of extends JobRuns> = PodTemplateProps & {
  readonly runs: Of;
  readonly dependsOn: readonly ITerraformDependable[];
};

/** Where none is given, how long an apply waits for a Job, in seconds. */
const longest = 900;

function jobSpec(props: JobProps<JobRuns>): JobV1Spec {
  const { backoffLimit, deadlineSeconds, parallelism, completions, keepSeconds } = props.runs;
  return {
    backoffLimit,
    parallelism,
    completions,
    ...(deadlineSeconds === undefined ? {} : { activeDeadlineSeconds: deadlineSeconds }),
    ...(keepSeconds === undefined ? {} : { ttlSecondsAfterFinished: String(keepSeconds) }),
    template: podTemplate(props),
  };
}

function metadata(props: PodTemplateProps) {
  const { name, workload } = props;
  return { name: deploymentName(props), namespace: workload.namespace, labels: { ...workloadLabels(name, workload) } };
}

/** Runs once, and again when it changes; an apply waits for its end. */
export function makeJob(scope: Construct, id: string, props: JobProps<Extract<Runs, { kind: "job" }>>): JobV1 {
  const wait = `${props.runs.deadlineSeconds ?? longest}s`;
  return new (jobLibrary().JobV1)(scope, id, {
    metadata: metadata(props),
    spec: jobSpec(props),
    waitForCompletion: true,
    timeouts: { create: wait, update: wait },
    dependsOn: nonEmpty(props.dependsOn),
  });
}

export function makeCronJob(
  scope: Construct,
  id: string,
  props: JobProps<Extract<Runs, { kind: "cron-job" }>>,
): CronJobV1 {
  const { schedule, timeZone, concurrency, startingDeadlineSeconds, history } = props.runs;
  return new (cronJobLibrary().CronJobV1)(scope, id, {
    metadata: metadata(props),
    spec: {
      schedule,
      concurrencyPolicy: concurrency,
      successfulJobsHistoryLimit: history.succeeded,
      failedJobsHistoryLimit: history.failed,
      ...(timeZone === undefined ? {} : { timezone: timeZone }),
      ...(startingDeadlineSeconds === undefined ? {} : { startingDeadlineSeconds }),
      jobTemplate: { metadata: {}, spec: jobSpec(props) },
    },
    dependsOn: nonEmpty(props.dependsOn),
  });
}
