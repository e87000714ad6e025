import { z } from "zod";
import { Refusal } from "../program/errors";
import { download, expectDigest, parsed, whereChartsStand } from "./download";

/** The index of a chart repository, as far as it is read. */
const index = z.object({
  entries: z.record(
    z.string(),
    z.array(z.object({ version: z.string(), urls: z.array(z.string()).min(1), digest: z.string().optional() })),
  ),
});

type Index = z.output<typeof index>;

/** Takes charts from repositories that are read over HTTP; an index is read once, however many of its charts are taken. */
export class ChartRepositories {
  private readonly indexes = new Map<string, Promise<Index>>();

  /**
   * The package of a chart, which the repository's index knows.
   *
   * @see https://helm.sh/docs/topics/chart_repository/
   * @throws Refusal where the repository has no such chart or version, or does not hand it out
   */
  async packageOf(repository: string, chart: string, version: string): Promise<Buffer> {
    const { source, digest } = await this.entryOf(repository, chart, version);
    const content = await download(source);
    if (digest !== undefined) expectDigest(source, content, digest);
    return content;
  }

  /**
   * The provenance file beside the package.
   *
   * @see https://helm.sh/docs/topics/provenance/
   * @throws Refusal where the repository does not hand it out
   */
  async provenanceOf(repository: string, chart: string, version: string): Promise<Buffer> {
    const { source } = await this.entryOf(repository, chart, version);
    return download(`${source}.prov`);
  }

  private async entryOf(repository: string, chart: string, version: string) {
    const address = `${repository.replace(/\/$/, "")}/index.yaml`;
    const versions = (await this.index(address)).entries[chart];
    if (versions === undefined) {
      throw new Refusal(`${address}: it has no chart ${chart}; correct its name ${whereChartsStand}`);
    }
    const entry = versions.find((candidate) => candidate.version === version);
    if (entry === undefined) {
      const newest = versions.slice(0, 3).map((candidate) => candidate.version);
      throw new Refusal(
        `${address}: it has no version ${version} of ${chart}, but ${newest.join(", ")} and others; ` +
          `correct the version ${whereChartsStand}`,
      );
    }
    const [url = ""] = entry.urls;
    return { source: new URL(url, address).href, digest: entry.digest };
  }

  private index(address: string): Promise<Index> {
    const known = this.indexes.get(address) ?? readIndex(address);
    this.indexes.set(address, known);
    return known;
  }
}

async function readIndex(address: string): Promise<Index> {
  return parsed(address, await download(address), index, "index of a chart repository");
}
