import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { promisify } from "node:util";
import type { SynthesizedStack } from "./synthesized";

const execute = promisify(execFile);

interface TaggedImage {
  readonly repository: string;
  readonly tag: string;
}

/** An image of a repository that the cluster stack made, as the JSON of workloads names it. */
const ownImage = /outputs\.repository_urls(?:\.([^.}[\]]+)|\[\\"([^"\\]+)\\"\])\}:([A-Za-z0-9_][A-Za-z0-9_.-]*)/g;

/** Images of the environment's own registry that a stack's workloads run, each once. Those by digest nobody can make up. */
export function imagesOf(stack: Pick<SynthesizedStack, "json">): readonly TaggedImage[] {
  const found = [...JSON.stringify(stack.json.resource).matchAll(ownImage)].map(([, plain, quoted, tag]) => ({
    repository: plain ?? quoted ?? "",
    tag: tag ?? "",
  }));
  return [...new Map(found.map((image) => [`${image.repository}:${image.tag}`, image])).values()];
}

/** A manifest of an image that has no layers; a sandbox runs no containers. */
function manifestOf({ repository, tag }: TaggedImage): string {
  const config = JSON.stringify({ architecture: "amd64", os: "linux", config: { Labels: { repository, tag } } });
  const mediaType = "application/vnd.oci.image.manifest.v1+json";
  return JSON.stringify({
    schemaVersion: 2,
    mediaType,
    config: {
      mediaType: "application/vnd.oci.image.config.v1+json",
      size: config.length,
      digest: `sha256:${createHash("sha256").update(config).digest("hex")}`,
    },
    layers: [],
  });
}

/**
 * Puts into the registry what a stack's workloads run and is not there yet, as a pipeline does between the cluster stack
 * and this one. A repository that does not exist is left to Terraform, which says so.
 */
export async function pushImages(stack: SynthesizedStack, environment: NodeJS.ProcessEnv): Promise<void> {
  for (const image of imagesOf(stack)) {
    const { repository, tag } = image;
    const args = ["--repository-name", repository, "--image-tag", tag, "--image-manifest", manifestOf(image)];
    await execute("aws", ["ecr", "put-image", ...args], { env: { ...environment } }).catch((error: unknown) => {
      if (!/ImageAlreadyExistsException|RepositoryNotFoundException/.test(String(error))) throw error;
    });
  }
}
