import { z } from "zod";
import { statementSchema } from "../identity/schema";
import { examples } from "../schema/examples";
import { annotations, arn, cpu, dnsLabel, labels, memory, path, port, reason } from "../schema/primitives";
import { serviceName } from "./service-name";

/** A repository without tag or digest, with its registry in front or, for Docker Hub, without. */
const imageName = z
  .string()
  .regex(
    /^([A-Za-z0-9.-]+(:\d+)?\/)?[a-z0-9]+([._-]+[a-z0-9]+)*(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*$/,
    "an image's name is its repository, such as public.ecr.aws/nginx/nginx; tag or digest stand beside it",
  )
  .register(examples, { example: "public.ecr.aws/nginx/nginx" });

const imageTag = z
  .string()
  .regex(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/, "an image tag has letters, digits and _ . -, at most 128")
  .register(examples, { example: "1.0.0" });
const imageDigest = z
  .string()
  .regex(/^sha256:[0-9a-f]{64}$/, "a digest looks like sha256: and 64 hexadecimal digits")
  .register(examples, { example: `sha256:${"0123456789abcdef".repeat(4)}` });

const imageRepository = z.string().min(1).register(examples, { example: "shop" });

/** An image by tag or by digest: of the environment's own ECR (`repository`) or of anywhere else (`name`). */
const image = z.union([
  z.strictObject({ repository: imageRepository, tag: imageTag }),
  z.strictObject({ repository: imageRepository, digest: imageDigest }),
  z.strictObject({ name: imageName, tag: imageTag }),
  z.strictObject({ name: imageName, digest: imageDigest }),
]);

const environmentVariable = z.union([
  z.string(),
  z.strictObject({ secret: dnsLabel, key: z.string().min(1) }),
  z.strictObject({ configMap: dnsLabel, key: z.string().min(1) }),
]);

const probe = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("http"),
    path,
    /** Default: the workload's port. */
    port: port.optional(),
    /** In seconds. Default: 0. */
    initialDelaySeconds: z.number().int().min(0).default(0),
    /** In seconds. Default: 10. */
    periodSeconds: z.number().int().min(1).default(10),
    /** In seconds. Default: 1. */
    timeoutSeconds: z.number().int().min(1).default(1),
    /** Default: 3. */
    failureThreshold: z.number().int().min(1).default(3),
  }),
  z.strictObject({
    kind: z.literal("tcp"),
    /** Default: the workload's port. */
    port: port.optional(),
    /** In seconds. Default: 0. */
    initialDelaySeconds: z.number().int().min(0).default(0),
    /** In seconds. Default: 10. */
    periodSeconds: z.number().int().min(1).default(10),
    /** In seconds. Default: 1. */
    timeoutSeconds: z.number().int().min(1).default(1),
    /** Default: 3. */
    failureThreshold: z.number().int().min(1).default(3),
  }),
  z.strictObject({ kind: z.literal("none") }),
]);

const resources = z
  .strictObject({
    requests: z.strictObject({ cpu: cpu.default("100m"), memory: memory.default("128Mi") }).prefault({}),
    /** No CPU limit by default: it throttles where nothing is scarce. */
    limits: z.strictObject({ cpu: cpu.optional(), memory: memory.default("256Mi") }).prefault({}),
  })
  .prefault({});

/** How far a pod may go beyond the `restricted` Pod Security Standard. */
const security = z
  .discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("restricted"),
      /** User id of the process. Default: 10001. */
      runAsUser: z.number().int().min(1).default(10001),
      /** Default: true; writable places are then `temporaryDirectories`. */
      readOnlyRootFilesystem: z.boolean().default(true),
    }),
    /** The image's own user, root too, with the runtime's capabilities and a writable file system; nothing of the node. */
    z.strictObject({ kind: z.literal("baseline"), reason }),
    /** A privileged container: as good as root on its node. */
    z.strictObject({ kind: z.literal("privileged"), reason }),
  ])
  .prefault({ kind: "restricted" });

/** AWS permissions of a workload's pods. */
const awsAccess = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("none") }),
    z.strictObject({
      /** A role of its own by the environment's `identity.workloads`. */
      kind: z.literal("role"),
      /** Statements of the role's policy. Default: none. */
      statements: z.array(statementSchema).default([]),
      /** Policies made elsewhere, by ARN. Default: none. */
      policyArns: z.array(arn).default([]),
    }),
    /** A role of `identity.kube2iamRoles`, taken through kube2iam. */
    z.strictObject({ kind: z.literal("kube2iam"), role: z.string().min(1) }),
  ])
  .prefault({ kind: "none" });

/** What a workload has beside the ways to it. */
const workloadFields = {
  /** Default: `default`. */
  namespace: dnsLabel.default("default"),
  image,
  /** Entry point. Default: the image's. */
  command: z.array(z.string()).optional(),
  /** Default: the image's. */
  args: z.array(z.string()).optional(),
  /** Environment variables: text, or a key of a Secret or ConfigMap. Default: none. */
  environment: z
    .record(
      z
        .string()
        .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "a variable's name has letters, digits and _, and no digit in front")
        .register(examples, { example: "LOG_LEVEL" }),
      environmentVariable,
    )
    .default({}),
  /** Port the container listens on. */
  port,
  /** Names that differ from the workload's own. */
  names: z
    .strictObject({
      /** Default: the workload's name. */
      deployment: dnsLabel.optional(),
      /** Default: the workload's name. */
      container: dnsLabel.optional(),
      /** Default: the workload's name. */
      service: serviceName.optional(),
    })
    .prefault({}),
  /** Port of the Service. Default: `port`. */
  servicePort: port.optional(),
  /** Labels of the pods, and the selector of Deployment and Service. Default: `app` = the workload's name. */
  labels: labels
    .refine((all) => Object.keys(all).length > 0, "a selector needs one label or more")
    .register(examples, { example: { app: "shop" } })
    .optional(),
  /** Annotations of the pods. Default: none. */
  podAnnotations: annotations.default({}),
  /** Number of pods, where no autoscaler owns it. Default: 2. */
  replicas: z.number().int().min(0).default(2),
  /** Adds and takes pods by CPU, which the metrics server tells: `cluster.addons` has it on then. Default: off. */
  autoscaler: z
    .strictObject({
      min: z.number().int().min(1),
      max: z.number().int().min(1),
      /** Average CPU to aim at, in percent of the request. Default: 70. */
      cpuPercent: z.number().int().min(1).max(100).default(70),
    })
    .optional(),
  probes: z
    .strictObject({
      /** When a pod gets traffic. Default: a TCP connection to `port`. */
      readiness: probe.prefault({ kind: "tcp" }),
      /** When a pod is restarted. Default: none. */
      liveness: probe.prefault({ kind: "none" }),
      /** How long a pod may take to start. Default: none. */
      startup: probe.prefault({ kind: "none" }),
    })
    .prefault({}),
  /** Default: requests 100m and 128Mi, limit 256Mi. */
  resources,
  security,
  /** Pods that may be away at once in a drain. Default: one, for two pods and more. */
  disruptionBudget: z
    .discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("max-unavailable"), count: z.number().int().min(1) }),
      z.strictObject({ kind: z.literal("min-available"), count: z.number().int().min(1) }),
      z.strictObject({ kind: z.literal("none") }),
    ])
    .prefault({ kind: "max-unavailable", count: 1 }),
  /** Spread over zones. Default: preferred. */
  spread: z.enum(["preferred", "required", "none"]).default("preferred"),
  /** Seconds between SIGTERM and SIGKILL. Default: 30. */
  terminationGracePeriodSeconds: z.number().int().min(0).default(30),
  /** ConfigMaps made with the workload, by name; each is mounted as files where it has a `mountPath`. Default: none. */
  configMaps: z
    .record(
      dnsLabel,
      z.strictObject({
        /** File name (or key) to text. */
        data: z.record(
          z
            .string()
            .regex(/^[A-Za-z0-9._-]{1,253}$/, "a key of a ConfigMap has letters, digits and . _ -, at most 253")
            .register(examples, { example: "settings.json" }),
          z.string(),
        ),
        /** Default: not mounted. */
        mountPath: path.optional(),
        /** Paths below `mountPath` for keys, where they are not the keys themselves. Default: the keys. */
        paths: z
          .record(
            z.string(),
            z
              .string()
              .regex(/^[^/].*$/, "a path below mountPath does not begin with /")
              .refine((text) => !text.split("/").includes(".."), "a path stays below mountPath: no .. in it")
              .register(examples, { example: "nginx/default.conf" }),
          )
          .default({}),
      }),
    )
    .default({}),
  /** Empty directories for what the process writes, by mount path. Default: none. */
  temporaryDirectories: z.array(path).default([]),
  aws: awsAccess,
  /**
   * Name of a service account made for the workload, or `{ existing }` for one made elsewhere, another workload's for
   * example. Default: one of the workload's name where `aws` needs it, else the namespace's own.
   */
  serviceAccount: z.union([dnsLabel, z.strictObject({ existing: dnsLabel })]).optional(),
};

const withServicePort = <Given extends { readonly port: number; readonly servicePort?: number | undefined }>(
  given: Given,
): Given & { readonly servicePort: number } => ({ ...given, servicePort: given.servicePort ?? given.port });

/** A workload that no route leads to. */
export const workloadSchema = z.strictObject(workloadFields).transform(withServicePort);

/** A workload with routes, of the kinds that a schema takes. */
export function routedWorkloadSchema<Route extends z.ZodType>(route: Route) {
  return z
    .strictObject({
      ...workloadFields,
      /** Ways from outside to this workload. Default: none. */
      routes: z.array(route).default([]),
    })
    .transform(withServicePort);
}

export type Workload = z.output<typeof workloadSchema>;
export type Image = Workload["image"];

/** A namespace of the environment. */
export const namespaceSchema = z.strictObject({
  /** Labels beside those of Pod Security. Default: none. */
  labels: labels.default({}),
  /** Default: none. */
  annotations: annotations.default({}),
  /** Pod Security Standard that is enforced. Default: the strictest that its workloads allow. */
  podSecurity: z.enum(["restricted", "baseline", "privileged"]).optional(),
});

export const namespacesSchema = z.record(dnsLabel, namespaceSchema).default({});

export type Namespaces = z.output<typeof namespacesSchema>;
