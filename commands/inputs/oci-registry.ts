import { createHash } from "node:crypto";
import { z } from "zod";
import { Refusal } from "../program/errors";
import { contentOf, expectDigest, parsed, refused, request, whereChartsStand } from "./download";

/** @see https://helm.sh/community/hips/hip-0017 */
const chartLayer = "application/vnd.cncf.helm.chart.content.v1.tar+gzip";
const provenanceLayer = "application/vnd.cncf.helm.chart.provenance.v1.prov";
const imageManifest = "application/vnd.oci.image.manifest.v1+json";

const manifest = z.object({ layers: z.array(z.object({ mediaType: z.string(), digest: z.string() })) });
const tokenAnswer = z.union([
  z.object({ token: z.string() }).transform(({ token }) => token),
  z.object({ access_token: z.string() }).transform(({ access_token }) => access_token),
]);

/** A chart in an OCI registry. */
export interface RegisteredChart {
  /** What signatures are of: `registry.example.com/charts/keda@sha256:…`, by the digest of its manifest. */
  readonly reference: string;
  /** Digest of its package, `sha256:…`. */
  readonly packageDigest: string;
  /** Its package. */
  readonly content: () => Promise<Buffer>;
  /** Its provenance file; undefined where it has none. */
  readonly provenance: () => Promise<Buffer | undefined>;
}

/**
 * A chart in an OCI registry that everybody may read.
 *
 * @param repository `oci://…`, without the chart's own name
 * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pull
 * @throws Refusal where the registry has no such chart or version, or does not hand it out
 */
export async function chartInRegistry(repository: string, chart: string, version: string): Promise<RegisteredChart> {
  const { protocol, host, path } = addressOf(`${repository}/${chart}`);
  const registry = `${protocol}//${host}/v2/${path}`;
  // A tag cannot hold a plus; Helm writes an underscore in its place.
  const manifestAddress = `${registry}/manifests/${version.replaceAll("+", "_")}`;
  const read = new AnonymousReader();
  const answer = await read.content(manifestAddress, imageManifest);
  const { layers } = parsed(manifestAddress, answer, manifest, "manifest of an image");
  const layer = layers.find(({ mediaType }) => mediaType === chartLayer);
  if (layer === undefined) {
    throw new Refusal(
      `${manifestAddress}: it is no Helm chart (${layers.map(({ mediaType }) => mediaType).join(", ")}); ` +
        `correct the address ${whereChartsStand}`,
    );
  }
  const blob = async ({ digest, mediaType }: typeof layer) => {
    const address = `${registry}/blobs/${digest}`;
    const content = await read.content(address, mediaType);
    expectDigest(address, content, digest);
    return content;
  };
  const signed = layers.find(({ mediaType }) => mediaType === provenanceLayer);
  return {
    reference: `${host}/${path}@sha256:${createHash("sha256").update(answer).digest("hex")}`,
    packageDigest: layer.digest,
    content: () => blob(layer),
    provenance: async () => (signed === undefined ? undefined : blob(signed)),
  };
}

/** A registry on this machine speaks plain HTTP, as for Docker; every other one TLS. */
function addressOf(repository: string): { readonly protocol: string; readonly host: string; readonly path: string } {
  const [host = "", ...path] = repository.replace(/^oci:\/\//, "").split("/");
  const here = ["localhost", "127.0.0.1", "[::1]"].includes(host.replace(/:\d+$/, ""));
  return { protocol: here ? "http:" : "https:", host, path: path.join("/") };
}

/** Reads as nobody in particular; many registries hand out a token for that, and answer only to it. */
class AnonymousReader {
  private token: string | undefined;

  async content(address: string, accept: string): Promise<Buffer> {
    const first = await this.get(address, accept);
    if (first.status !== 401) return contentOf(address, first);
    this.token = await tokenFor(address, first);
    return contentOf(address, await this.get(address, accept));
  }

  private get(address: string, accept: string): Promise<Response> {
    return request(address, {
      accept,
      ...(this.token === undefined ? {} : { authorization: `Bearer ${this.token}` }),
    });
  }
}

/** @see https://distribution.github.io/distribution/spec/auth/token */
async function tokenFor(address: string, challenge: Response): Promise<string> {
  const header = challenge.headers.get("www-authenticate") ?? "";
  const parts = new Map([...header.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = "", value = ""]) => [name, value]));
  const realm = parts.get("realm");
  if (!/^bearer /i.test(header) || realm === undefined) throw refused(address, challenge);
  const tokenAddress = new URL(realm);
  for (const name of ["service", "scope"]) {
    const value = parts.get(name);
    if (value !== undefined) tokenAddress.searchParams.set(name, value);
  }
  const answer = await contentOf(tokenAddress.href, await request(tokenAddress.href));
  return parsed(tokenAddress.href, answer, tokenAnswer, "answer with a token");
}
