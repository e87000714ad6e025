import { z } from "zod";
import { defaultDrainSeconds } from "../load-balancer/drain";
import { described } from "../schema/descriptions";
import { examples } from "../schema/examples";
import { annotations, dnsLabel, labels, mountPath, objectKey, port } from "../schema/primitives";
import { limitsWithoutCpu, requests } from "../schema/resources";
import { autoscaler } from "./autoscaler-schema";
import { callsSchema } from "./calls-schema";
import { awsAccess, probe, program, security } from "./container-schema";
import { kubernetesAccess } from "./kubernetes-access-schema";
import { initContainers, morePorts, sidecars } from "./more-containers-schema";
import { namespaceQuota } from "./namespace-quota-schema";
import { isJob, type Runs, runs } from "./run-schema";
import { scheduling } from "./scheduling-schema";
import { serviceName } from "./service-name";

const drainSeconds = described(
  "In seconds, and as long as target groups wait for what is on its way.",
  z.number().int().min(1).max(3600).default(defaultDrainSeconds),
);

/** What a workload has beside the ways to it. */
const workloadFields = {
  renamedFrom: described(
    "Name that the workload had before, where its objects keep theirs by `names`, and its pods by `labels`: Terraform " +
      "then moves them instead of making them twice. Of no effect once that is applied. Default: none.",
    dnsLabel.optional(),
  ),
  namespace: described("Namespace of all its objects, which is made too.", dnsLabel.default("default")),
  ...program,
  runs,
  port: described(
    "Port the container listens on. Default: none, which only a Job or a CronJob may have.",
    port.optional(),
  ),
  morePorts,
  initContainers,
  sidecars,
  scheduling,
  kubernetes: kubernetesAccess,
  names: described(
    "Names that differ from the workload's own.",
    z
      .strictObject({
        deployment: described("Name of the Deployment. Default: the workload's name.", dnsLabel.optional()),
        container: described("Name of the container. Default: the workload's name.", dnsLabel.optional()),
        service: described("Name of the Service. Default: the workload's name.", serviceName.optional()),
      })
      .prefault({}),
  ),
  servicePort: described("Port of the Service. Default: `port`.", port.optional()),
  labels: described(
    "Labels of the pods, and the selector of Deployment and Service. Default: `app` = the workload's name.",
    labels
      .refine((all) => Object.keys(all).length > 0, "a selector needs one label or more")
      .register(examples, { example: { app: "shop" } })
      .optional(),
  ),
  podAnnotations: described("Annotations of the pods.", annotations.default({})),
  replicas: described("Number of pods, where no autoscaler owns it.", z.number().int().min(0).default(2)),
  autoscaler,
  probes: described(
    "How Kubernetes sees whether a pod works.",
    z
      .strictObject({
        readiness: described(
          "When a pod gets traffic. Default: a TCP connection to `port`.",
          probe.prefault({ kind: "tcp" }),
        ),
        liveness: described("When a pod is restarted.", probe.prefault({ kind: "none" })),
        startup: described("How long a pod may take to start.", probe.prefault({ kind: "none" })),
      })
      .prefault({}),
  ),
  resources: described(
    "CPU and memory of each pod.",
    z.strictObject({ requests: requests("100m", "128Mi"), limits: limitsWithoutCpu("256Mi") }).prefault({}),
  ),
  security,
  disruptionBudget: described(
    "Pods that may be away at once in a drain. Default: one, for two pods and more.",
    z
      .discriminatedUnion("kind", [
        z.strictObject({
          kind: z.literal("max-unavailable"),
          count: described("Number of pods.", z.number().int().min(1)),
        }),
        z.strictObject({
          kind: z.literal("min-available"),
          count: described("Number of pods.", z.number().int().min(1)),
        }),
        z.strictObject({ kind: z.literal("none") }),
      ])
      .prefault({ kind: "max-unavailable", count: 1 }),
  ),
  spread: described(
    "Whether pods are spread over zones.",
    z.enum(["preferred", "required", "none"]).default("preferred"),
  ),
  drain: described(
    "How long a pod goes on serving once it is to end, so that the load balancers before it have let go of it. Only " +
      "where routes send straight to the pods: ALB, NLB, Gateway, CloudFront, API Gateway.",
    z
      .discriminatedUnion("kind", [
        described(
          "The container sleeps before its process is told to end. Needs `sleep` in the image; where there is none, " +
            "Kubernetes goes on without.",
          z.strictObject({ kind: z.literal("sleep"), seconds: drainSeconds }),
        ),
        described(
          "The process itself goes on serving after SIGTERM.",
          z.strictObject({ kind: z.literal("process"), seconds: drainSeconds }),
        ),
      ])
      .prefault({ kind: "sleep" }),
  ),
  terminationGracePeriodSeconds: described(
    "Seconds between SIGTERM and SIGKILL, on top of those of `drain`.",
    z.number().int().min(0).default(30),
  ),
  configMaps: described(
    "ConfigMaps made with the workload, by name; each is mounted as files where it has a `mountPath`.",
    z
      .record(
        dnsLabel,
        z.strictObject({
          data: described("Text by file name, which is the key.", z.record(objectKey, z.string())),
          mountPath: described("Folder in the container. Default: not mounted.", mountPath.optional()),
          paths: described(
            "Paths below `mountPath` for keys, where they are not the keys themselves. Default: the keys.",
            z
              .record(
                objectKey,
                z
                  .string()
                  .regex(/^[^/].*$/, "a path below mountPath does not begin with /")
                  .refine((text) => !text.split("/").includes(".."), "a path stays below mountPath: no .. in it")
                  .register(examples, { example: "nginx/default.conf" }),
              )
              .default({}),
          ),
        }),
      )
      .default({}),
  ),
  temporaryDirectories: described(
    "Empty directories for what the process writes, by mount path.",
    z.array(mountPath).default([]),
  ),
  calls: callsSchema,
  aws: awsAccess,
  serviceAccount: described(
    "Name of a service account made for the workload, or `{ existing }` for one made elsewhere, another " +
      "workload's for example. Default: one of the workload's name where `aws` needs it, else the namespace's own.",
    z.union([dnsLabel, z.strictObject({ existing: described("Name of the service account.", dnsLabel) })]).optional(),
  ),
};

/** What a Job listens on: nobody asks. */
const noPort = 0;

interface GivenPorts {
  readonly port?: number | undefined;
  readonly servicePort?: number | undefined;
}

const withServicePort = <Given extends GivenPorts>(
  given: Given,
): Given & { readonly port: number; readonly servicePort: number } => {
  const { port: own = noPort } = given;
  return { ...given, port: own, servicePort: given.servicePort ?? own };
};

/** Pods that are called have a port, and those that run to their end have none. */
function portWhereCalled(given: GivenPorts & { readonly runs: Runs }, context: z.RefinementCtx): void {
  const job = isJob(given.runs);
  if (job === (given.port === undefined)) return;
  context.addIssue({
    code: "custom",
    path: ["port"],
    input: given.port,
    message: job ? "a Job runs to its end, and nobody calls it" : "pods that are called have a port",
    params: { remedy: job ? "take `port` out" : "write the port that the container listens on, such as `port: 8080`" },
  });
}

export const workloadSchema = described(
  "A workload that no route leads to.",
  z.strictObject(workloadFields).superRefine(portWhereCalled).transform(withServicePort),
);

/** A workload with routes, of the kinds that a schema takes. */
export function routedWorkloadSchema<Route extends z.ZodType>(route: Route) {
  return z
    .strictObject({
      ...workloadFields,
      routes: described("Ways from outside to this workload.", z.array(route).default([])),
    })
    .superRefine(portWhereCalled)
    .transform(withServicePort);
}

export type Workload = z.output<typeof workloadSchema>;
export type Image = Workload["image"];

export const namespaceSchema = described(
  "A namespace of the environment.",
  z.strictObject({
    labels: described("Labels beside those of Pod Security.", labels.default({})),
    annotations: described("Annotations of the namespace.", annotations.default({})),
    podSecurity: described(
      "Pod Security Standard that is enforced. Default: the strictest that its workloads allow; of namespaces " +
        "that every cluster has, `default` alone has one.",
      z.enum(["restricted", "baseline", "privileged"]).optional(),
    ),
    ...namespaceQuota,
  }),
);

export const namespacesSchema = z.record(dnsLabel, namespaceSchema).default({});

export type Namespaces = z.output<typeof namespacesSchema>;
