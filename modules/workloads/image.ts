import type { Image } from "./schema";

/** What a kubelet pulls: `<repository's address>:<tag>` or `<repository's address>@<digest>`. */
export function imageReference(image: Image, repositoryUrl: (repository: string) => string): string {
  const address = "repository" in image ? repositoryUrl(image.repository) : image.name;
  return "digest" in image ? `${address}@${image.digest}` : `${address}:${image.tag}`;
}
