import type { Image, Workload } from "./schema";

/** What a kubelet pulls: `<repository's address>:<tag>` or `<repository's address>@<digest>`. */
export function imageReference(image: Image, repositoryUrl: (repository: string) => string): string {
  const address = "repository" in image ? repositoryUrl(image.repository) : image.name;
  return "digest" in image ? `${address}@${image.digest}` : `${address}:${image.tag}`;
}

/** Images of all containers of a workload, its own first. */
export function imagesOf({
  image,
  initContainers,
  sidecars,
}: Pick<Workload, "image" | "initContainers" | "sidecars">): readonly Image[] {
  return [image, ...[...Object.values(initContainers), ...Object.values(sidecars)].map((more) => more.image)];
}
