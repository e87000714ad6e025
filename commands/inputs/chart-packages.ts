import { createHash } from "node:crypto";
import { ChartRepositories } from "./chart-repository";
import { chartInRegistry, type RegisteredChart } from "./oci-registry";

/** Where a chart is published. */
export interface ChartAddress {
  readonly chart: string;
  readonly version: string;
  /** `https://…`, or `oci://…` without the chart's own name. */
  readonly repository: string;
}

/** Packages of charts out of repositories and registries. */
export class ChartPackages {
  private readonly repositories = new ChartRepositories();

  /** @throws Refusal where the chart cannot be had */
  async package({ repository, chart, version }: ChartAddress): Promise<Buffer> {
    return isRegistry(repository)
      ? (await chartInRegistry(repository, chart, version)).content()
      : this.repositories.packageOf(repository, chart, version);
  }

  /**
   * What its publisher says of the package, signed with PGP; undefined where a registry has none.
   *
   * @throws Refusal where a repository has none, or it cannot be had
   */
  async provenance({ repository, chart, version }: ChartAddress): Promise<Buffer | undefined> {
    return isRegistry(repository)
      ? (await chartInRegistry(repository, chart, version)).provenance()
      : this.repositories.provenanceOf(repository, chart, version);
  }

  /** @throws Refusal where the registry does not have the chart */
  registered({ repository, chart, version }: ChartAddress): Promise<RegisteredChart> {
    return chartInRegistry(repository, chart, version);
  }
}

/** SHA-256 of a package: the same in a repository, in a registry and in a mirror. */
export function digestOf(content: Buffer): string {
  return `sha256:${createHash("sha256").update(content).digest("hex")}`;
}

export function isRegistry(repository: string): boolean {
  return repository.startsWith("oci://");
}
