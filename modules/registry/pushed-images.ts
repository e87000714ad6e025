import { DataAwsEcrImages } from "@cdktf/provider-aws/lib/data-aws-ecr-images";
import { Construct } from "constructs";

/** An image by tag or by digest, of one of the environment's own repositories. */
export type OwnImage = { readonly repository: string } & ({ readonly tag: string } | { readonly digest: string });

export interface PushedImagesProps {
  /** Name of the environment. */
  readonly environment: string;
  readonly accountId: string;
  readonly images: readonly OwnImage[];
}

const reference = (image: OwnImage): string => ("digest" in image ? `@${image.digest}` : `:${image.tag}`);

const isThere = (image: OwnImage): string =>
  "digest" in image
    ? `contains(self.image_ids[*].image_digest, ${JSON.stringify(image.digest)})`
    : `contains(self.image_ids[*].image_tag, ${JSON.stringify(image.tag)})`;

/**
 * Asks ECR at plan for every image of the environment's own repositories. A repository is made empty, and without its
 * image a Deployment waits ten minutes before it says so. `aws_ecr_image` would fail with AWS's words alone.
 */
export class PushedImages extends Construct {
  constructor(scope: Construct, id: string, { environment, accountId, images }: PushedImagesProps) {
    super(scope, id);
    for (const name of new Set(images.map(({ repository }) => repository))) {
      const wanted = new Map(
        images.filter(({ repository }) => repository === name).map((image) => [reference(image), image]),
      );
      new DataAwsEcrImages(this, name, {
        repositoryName: name,
        registryId: accountId,
        lifecycle: {
          postcondition: [...wanted].map(([suffix, image]) => ({
            condition: `\${${isThere(image)}}`,
            errorMessage:
              `The image ${name}${suffix} is not in the registry, and its pods would wait for it in vain ` +
              `(ImagePullBackOff). Push it before this stack: \`npx foundry images ${environment}\` says how.`,
          })),
        },
      });
    }
  }
}
