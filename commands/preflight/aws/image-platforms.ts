import { BatchGetImageCommand, type ECRClient, GetDownloadUrlForLayerCommand } from "@aws-sdk/client-ecr";
import { z } from "zod";

/** Manifests of one image, and indexes of several. Source: OCI image specification, and Docker's image manifest v2. */
const mediaTypes = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
];

const platform = z.object({ os: z.string(), architecture: z.string() });
const index = z.object({ manifests: z.array(z.object({ platform: platform.optional() })) });
const manifest = z.object({ config: z.object({ digest: z.string() }) });

/** Milliseconds for the registry to hand out an image's configuration. */
const patience = 10_000;

export type ImageId = { readonly imageTag: string } | { readonly imageDigest: string };

/** How ECR asks for a tag, or for a digest with its algorithm. */
export function imageIdOf(version: string): ImageId {
  return version.startsWith("sha256:") ? { imageDigest: version } : { imageTag: version };
}

/**
 * What an image runs on, such as `linux/arm64`; undefined where it does not say.
 */
export async function imagePlatforms(
  client: ECRClient,
  repositoryName: string,
  imageId: ImageId,
): Promise<readonly string[] | undefined> {
  const asked = new BatchGetImageCommand({ repositoryName, imageIds: [imageId], acceptedMediaTypes: mediaTypes });
  const [image] = (await client.send(asked)).images ?? [];
  const document = jsonOf(image?.imageManifest ?? "");
  const several = index.safeParse(document).data;
  if (several !== undefined) return namesOf(several.manifests.map((each) => each.platform));
  const one = manifest.safeParse(document).data;
  if (one === undefined) return undefined;
  const { digest } = one.config;
  const { downloadUrl } = await client.send(new GetDownloadUrlForLayerCommand({ repositoryName, layerDigest: digest }));
  if (downloadUrl === undefined) return undefined;
  const answer = await fetch(downloadUrl, { signal: AbortSignal.timeout(patience) });
  return namesOf([platform.safeParse(jsonOf(await answer.text())).data]);
}

/** What was added beside an image, such as a provenance, is of the platform `unknown/unknown`. */
function namesOf(platforms: readonly (z.infer<typeof platform> | undefined)[]): readonly string[] | undefined {
  const names = platforms.flatMap((each) => (each === undefined ? [] : `${each.os}/${each.architecture}`));
  const known = [...new Set(names)].filter((name) => name !== "unknown/unknown").sort();
  return known.length === 0 ? undefined : known;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
