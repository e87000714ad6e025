import {
  DescribeImagesCommand,
  ECRClient,
  ImageNotFoundException,
  PutImageCommand,
  RepositoryNotFoundException,
} from "@aws-sdk/client-ecr";
import { sdkOptions } from "../aws/sdk";

/** An image in one of the account's own repositories. */
export interface OwnImage {
  readonly repository: string;
  /** What follows the name: a tag, or a digest with its algorithm. */
  readonly reference: { readonly imageTag: string } | { readonly imageDigest: string };
}

/** The account's container registry in one region. */
export class Repositories {
  private readonly client: ECRClient;

  constructor(
    endpoint: string,
    region: string,
    private readonly accountId: string,
  ) {
    this.client = new ECRClient(sdkOptions(endpoint, region));
  }

  /** The image that a reference names in this registry; undefined for one of another registry. */
  own(image: string): OwnImage | undefined {
    const [host, ...path] = image.split("/");
    if (!new RegExp(`^${this.accountId}\\.dkr\\.ecr\\.[a-z0-9-]+\\.amazonaws\\.com(?:\\.cn)?$`).test(host ?? "")) {
      return undefined;
    }
    const [repository = "", digest] = path.join("/").split("@");
    const [name = "", imageTag = "latest"] = repository.split(":");
    return { repository: name, reference: digest === undefined ? { imageTag } : { imageDigest: digest } };
  }

  /** Whether an image has been pushed; undefined where there is no such repository. */
  async holds({ repository, reference }: OwnImage): Promise<boolean | undefined> {
    const command = new DescribeImagesCommand({ repositoryName: repository, imageIds: [reference] });
    return this.client.send(command).then(
      ({ imageDetails = [] }) => imageDetails.length > 0,
      (error: unknown) => {
        if (error instanceof RepositoryNotFoundException) {
          return undefined;
        }
        if (error instanceof ImageNotFoundException) {
          return false;
        }
        throw error;
      },
    );
  }

  /** Puts an image without any layers there. */
  async push(repositoryName: string, imageTag: string): Promise<void> {
    const empty = {
      schemaVersion: 2,
      mediaType: "application/vnd.docker.distribution.manifest.v2+json",
      config: {
        mediaType: "application/vnd.docker.container.image.v1+json",
        size: 2,
        digest: "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
      },
      layers: [],
    };
    await this.client.send(new PutImageCommand({ repositoryName, imageTag, imageManifest: JSON.stringify(empty) }));
  }
}
