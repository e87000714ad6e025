import { DataAwsEcrImage } from "@cdktf/provider-aws/lib/data-aws-ecr-image";
import { Construct } from "constructs";

/** An image by tag or by digest, of one of the environment's own repositories. */
export type OwnImage = { readonly repository: string } & ({ readonly tag: string } | { readonly digest: string });

export interface PushedImagesProps {
  readonly accountId: string;
  readonly images: readonly OwnImage[];
}

/**
 * Asks ECR at plan for every image of the environment's own repositories. A repository is made empty, and without its
 * image a Deployment waits ten minutes before it says so.
 *
 * The data source fails with AWS's words and its own address, so the address is where it says what to do. The one for
 * several images, which could carry a sentence, is not in the oldest AWS provider that is taken.
 */
export class PushedImages extends Construct {
  constructor(scope: Construct, id: string, { accountId, images }: PushedImagesProps) {
    super(scope, id);
    const wanted = new Map(images.map((image) => [addressOf(image), image]));
    for (const [address, image] of wanted) {
      new DataAwsEcrImage(this, address, {
        repositoryName: image.repository,
        registryId: accountId,
        ...("digest" in image ? { imageDigest: image.digest } : { imageTag: image.tag }),
      });
    }
  }
}

/** The id of a construct takes no slash. */
function addressOf(image: OwnImage): string {
  const version = "digest" in image ? image.digest : image.tag;
  return `${image.repository}_${version}`.replace(/[^A-Za-z0-9_-]/g, "-");
}
