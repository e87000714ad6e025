import { createHash } from "node:crypto";
import { createReadStream, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { run } from "../run";

/** What a container is started with unless its pod says otherwise; the image specification's own names. */
export interface ImageConfig {
  /** For example `101` or `0`. */
  readonly User: string;
  readonly Entrypoint: readonly string[];
  readonly WorkingDir?: string;
  readonly Env?: readonly string[];
  readonly ExposedPorts?: Readonly<Record<string, object>>;
}

export interface Blob {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
}

const manifestType = "application/vnd.oci.image.manifest.v1+json";

/** A folder of blobs by their digests, as in an OCI image layout. */
export class BlobStore {
  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true });
  }

  /** Path of a blob; undefined where there is none of that digest. */
  pathOf(digest: string): string | undefined {
    const path = join(this.folder, digest.replace(/^sha256:/, ""));
    return /^sha256:[0-9a-f]{64}$/.test(digest) && existsSync(path) ? path : undefined;
  }

  add(mediaType: string, content: Buffer): Blob {
    const hash = createHash("sha256").update(content).digest("hex");
    const path = join(this.folder, hash);
    if (!existsSync(path)) {
      // Whoever reads at this moment meets the whole blob or none.
      writeFileSync(`${path}.new`, content);
      renameSync(`${path}.new`, path);
    }
    return { mediaType, digest: `sha256:${hash}`, size: content.length };
  }

  read(digest: string) {
    return createReadStream(this.pathOf(digest) ?? "");
  }
}

/**
 * An image of one layer: everything below a folder, owned by root. The same files give the same digest.
 *
 * @returns its manifest
 */
export async function packImage(root: string, config: ImageConfig, store: BlobStore): Promise<Blob> {
  const archive = `${root}.tar`;
  await run("tar", [
    "-cf",
    archive,
    "--sort=name",
    "--mtime=@0",
    "--owner=0",
    "--group=0",
    "--numeric-owner",
    "-C",
    root,
    ".",
  ]);
  const tar = readFileSync(archive);
  rmSync(archive);
  const diffId = `sha256:${createHash("sha256").update(tar).digest("hex")}`;
  const layer = store.add("application/vnd.oci.image.layer.v1.tar+gzip", gzipSync(tar, { level: 1 }));
  const image = {
    architecture: process.arch === "x64" ? "amd64" : process.arch,
    os: "linux",
    config,
    rootfs: { type: "layers", diff_ids: [diffId] },
  };
  const configuration = store.add("application/vnd.oci.image.config.v1+json", bytes(image));
  return store.add(
    manifestType,
    bytes({ schemaVersion: 2, mediaType: manifestType, config: configuration, layers: [layer] }),
  );
}

const bytes = (value: unknown) => Buffer.from(JSON.stringify(value));
