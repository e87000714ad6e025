import { z } from "zod";
import { rolePermissions } from "../identity/schema";
import { described } from "../schema/descriptions";
import { examples } from "../schema/examples";
import { dnsLabel, objectKey, path, port, reason } from "../schema/primitives";

export const imageName = described(
  "A repository without tag or digest, with its registry in front or, for Docker Hub, without.",
  z
    .string()
    .regex(
      /^([A-Za-z0-9.-]+(:\d+)?\/)?[a-z0-9]+([._-]+[a-z0-9]+)*(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*$/,
      "an image's name is its repository, such as public.ecr.aws/nginx/nginx; tag or digest stand beside it",
    )
    .register(examples, { example: "public.ecr.aws/nginx/nginx" }),
);

export const imageTag = described(
  "Tag of the image.",
  z
    .string()
    .regex(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/, "an image tag has letters, digits and _ . -, at most 128")
    .register(examples, { example: "1.0.0" }),
);
const imageDigest = described(
  "Digest of the image.",
  z
    .string()
    .regex(/^sha256:[0-9a-f]{64}$/, "a digest looks like sha256: and 64 hexadecimal digits")
    .register(examples, { example: `sha256:${"0123456789abcdef".repeat(4)}` }),
);

const imageRepository = described(
  "Name of a repository in `registry.repositories`.",
  z.string().min(1).register(examples, { example: "shop" }),
);

export const image = described(
  "An image by tag or by digest: of the environment's own ECR (`repository`) or of anywhere else (`name`).",
  z.union([
    z.strictObject({ repository: imageRepository, tag: imageTag }),
    z.strictObject({ repository: imageRepository, digest: imageDigest }),
    z.strictObject({ name: imageName, tag: imageTag }),
    z.strictObject({ name: imageName, digest: imageDigest }),
  ]),
);

export const environmentVariable = z.union([
  z.string(),
  z.strictObject({
    secret: described("Name of a Secret in the workload's namespace.", dnsLabel),
    key: described("Key of the Secret.", objectKey),
  }),
  z.strictObject({
    configMap: described("Name of a ConfigMap in the workload's namespace.", dnsLabel),
    key: described("Key of the ConfigMap.", objectKey),
  }),
]);

const probeFields = {
  port: described("Port to ask. Default: the workload's port.", port.optional()),
  initialDelaySeconds: described("How long to wait after the start, in seconds.", z.number().int().min(0).default(0)),
  periodSeconds: described("How often to ask, in seconds.", z.number().int().min(1).default(10)),
  timeoutSeconds: described("How long to wait for an answer, in seconds.", z.number().int().min(1).default(1)),
  failureThreshold: described("Failures in a row that count.", z.number().int().min(1).default(3)),
};

export const probe = z.discriminatedUnion("kind", [
  described(
    "An HTTP request.",
    z.strictObject({
      kind: z.literal("http"),
      path: described("Path that must answer 200 to 399.", path),
      ...probeFields,
    }),
  ),
  described(
    "A TCP connection.",
    z.strictObject({
      kind: z.literal("tcp"),
      ...probeFields,
    }),
  ),
  described("No probe.", z.strictObject({ kind: z.literal("none") })),
]);

export const security = described(
  "How far a pod may go beyond the `restricted` Pod Security Standard.",
  z
    .discriminatedUnion("kind", [
      z.strictObject({
        kind: z.literal("restricted"),
        runAsUser: described("User id of the process.", z.number().int().min(1).default(10001)),
        readOnlyRootFilesystem: described(
          "Whether the root file system is read-only; writable places are then `temporaryDirectories`.",
          z.boolean().default(true),
        ),
      }),
      described(
        "The image's own user, root too, with the runtime's capabilities and a writable file system; nothing of " +
          "the node.",
        z.strictObject({ kind: z.literal("baseline"), reason }),
      ),
      described(
        "A privileged container: as good as root on its node.",
        z.strictObject({ kind: z.literal("privileged"), reason }),
      ),
    ])
    .prefault({ kind: "restricted" }),
);

export const awsAccess = described(
  "AWS permissions of a workload's pods.",
  z
    .discriminatedUnion("kind", [
      described("None.", z.strictObject({ kind: z.literal("none") })),
      described(
        "A role of its own by the environment's `identity.workloads`.",
        z.strictObject({ kind: z.literal("role"), ...rolePermissions }),
      ),
      described(
        "A role of `identity.kube2iamRoles`, taken through kube2iam.",
        z.strictObject({ kind: z.literal("kube2iam"), role: described("Name of the role.", z.string().min(1)) }),
      ),
    ])
    .prefault({ kind: "none" }),
);

/** What any container of a workload runs. */
export const program = {
  image,
  command: described("Entry point of the container. Default: the image's.", z.array(z.string()).optional()),
  args: described("Arguments of the entry point. Default: the image's.", z.array(z.string()).optional()),
  environment: described(
    "Environment variables: text, or a key of a Secret or ConfigMap.",
    z
      .record(
        z
          .string()
          .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "a variable's name has letters, digits and _, and no digit in front")
          .register(examples, { example: "LOG_LEVEL" }),
        environmentVariable,
      )
      .default({}),
  ),
};
