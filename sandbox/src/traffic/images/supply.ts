import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import {
  DescribeRepositoriesCommand,
  ECRClient,
  PutImageCommand,
  RepositoryNotFoundException,
} from "@aws-sdk/client-ecr";
import { sdkOptions } from "../../aws/sdk";
import { type Repetition, repeatedly } from "../../repeatedly";
import { pauseImage } from "../node/configuration";
import { ImageFiles } from "./files";
import { type Blob, type BlobStore, packImage } from "./image";
import { gunicornImage } from "./python";
import { knownImages, ownImage, pause, type Recipe } from "./recipes";
import type { Registry } from "./registry";
import type { WantedImage } from "./wanted";

export interface ImageSupplyProps {
  readonly wanted: readonly WantedImage[];
  /** What AWS's own pods run: recipes by their references. */
  readonly amazon: Readonly<Record<string, Recipe>>;
  readonly store: BlobStore;
  readonly registry: Registry;
  readonly awsEndpoint: string;
  readonly region: string;
  readonly onError: (error: unknown) => void;
}

/** Milliseconds between two looks for repositories that images can be pushed to. */
const interval = 1000;

/**
 * Makes the images of an environment and has them where nodes pull from: public ones at once, the account's own once their
 * repository is there and ECR has taken their manifest. An image that nobody can make here is not there, and its pods say
 * so.
 */
export class ImageSupply {
  private readonly ecr: ECRClient;
  private readonly pushed = new Set<string>();
  private readonly unknown = new Set<string>();
  private readonly looking: Repetition;

  private constructor(private readonly props: ImageSupplyProps) {
    this.ecr = new ECRClient(sdkOptions(props.awsEndpoint, props.region));
    this.looking = repeatedly(interval, () => this.push(), props.onError);
  }

  static async start(props: ImageSupplyProps): Promise<ImageSupply> {
    const { registry, store, wanted, amazon } = props;
    for (const [reference, recipe] of Object.entries({ ...amazon, [pauseImage]: pause })) {
      registry.add(reference, await make(recipe, store));
    }
    const supply = new ImageSupply(props);
    for (const image of wanted) {
      if (image.kind === "public") {
        const recipe = knownImages[basename(image.reference).replace(/[:@].*$/, "")];
        if (recipe === undefined) {
          supply.unknown.add(image.reference);
        } else {
          registry.add(image.reference, await make(recipe, store));
        }
      }
    }
    return supply;
  }

  /** Images that no recipe makes; their pods are played. */
  get missing(): readonly string[] {
    return [...this.unknown];
  }

  async stop(): Promise<void> {
    await this.looking.stop();
  }

  private async push(): Promise<void> {
    for (const image of this.props.wanted) {
      const name = image.kind === "own" ? `${image.repository}:${image.tag}` : "";
      if (image.kind === "own" && !this.pushed.has(name)) {
        const uri = await this.repositoryUri(image.repository);
        if (uri !== undefined) {
          await this.pushOne(image, uri);
          this.pushed.add(name);
        }
      }
    }
  }

  private async pushOne(
    { repository, tag, port, starts }: WantedImage & { readonly kind: "own" },
    uri: string,
  ): Promise<void> {
    const { store, registry } = this.props;
    const name = basename(repository);
    const manifest = await make(starts === "gunicorn" ? gunicornImage(name) : ownImage({ name, port }), store);
    await this.ecr.send(
      new PutImageCommand({
        repositoryName: repository,
        imageTag: tag,
        imageManifest: readFileSync(store.pathOf(manifest.digest) ?? "", "utf8"),
        imageManifestMediaType: manifest.mediaType,
      }),
    );
    registry.add(`${uri}:${tag}`, manifest);
  }

  private async repositoryUri(name: string): Promise<string | undefined> {
    const command = new DescribeRepositoriesCommand({ repositoryNames: [name] });
    const described = await this.ecr.send(command).catch((error: unknown) => {
      if (error instanceof RepositoryNotFoundException) {
        return { repositories: [] };
      }
      throw error;
    });
    return described.repositories?.[0]?.repositoryUri;
  }
}

async function make({ config, fill }: Recipe, store: BlobStore): Promise<Blob> {
  const folder = mkdtempSync(join(tmpdir(), "foundry-image-"));
  try {
    const files = new ImageFiles(join(folder, "root"));
    await fill(files);
    return await packImage(files.root, config, store);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
