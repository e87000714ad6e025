import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { extract } from "tar";
import type { Component } from "../../modules/lifecycle/components";
import { Refusal } from "../program/errors";
import { ChartPackages } from "./chart-packages";

/** A chart's package, and its content in a folder. */
export interface UnpackedChart {
  readonly archive: string;
  readonly folder: string;
}

/** Whether a chart is somebody else's and has an address, and not a folder of ours. */
export function isPublished({ repository }: Component): boolean {
  return /^(https?|oci):\/\//.test(repository);
}

export function originOf({ chart, version, repository }: Component): string {
  return `chart ${chart} ${version} of ${repository}`;
}

/** Charts below a scratch folder, each fetched and unpacked once. */
export class Charts {
  private readonly packages = new ChartPackages();
  private readonly unpacked = new Map<string, Promise<UnpackedChart>>();

  constructor(private readonly scratch: string) {}

  /** @throws Refusal where the chart cannot be had */
  get(component: Component): Promise<UnpackedChart> {
    const origin = originOf(component);
    const known = this.unpacked.get(origin) ?? this.fetch(component, String(this.unpacked.size));
    this.unpacked.set(origin, known);
    return known;
  }

  private async fetch(component: Component, name: string): Promise<UnpackedChart> {
    return unpack(await this.packages.package(component), component.chart, join(this.scratch, name));
  }
}

async function unpack(content: Buffer, chart: string, target: string): Promise<UnpackedChart> {
  mkdirSync(target);
  const archive = join(target, `${chart}.tgz`);
  writeFileSync(archive, content);
  try {
    await extract({ file: archive, cwd: target, strict: true });
  } catch (error) {
    throw new Refusal(
      `chart ${chart}: its package cannot be unpacked: ${error instanceof Error ? error.message : error}`,
    );
  }
  const folder = join(target, chart);
  if (existsSync(join(folder, "Chart.yaml"))) return { archive, folder };
  throw new Refusal(`chart ${chart}: its package holds no ${chart}/Chart.yaml, so it is another chart or none`);
}

/** A chart's default values; it may have none. */
export function valuesOf({ folder }: UnpackedChart): string {
  const file = join(folder, "values.yaml");
  return existsSync(file) ? readFileSync(file, "utf8") : "{}\n";
}

/** What Helm installs before the chart's templates. */
export function definitionTexts({ folder }: UnpackedChart): readonly string[] {
  const crds = join(folder, "crds");
  if (!existsSync(crds)) return [];
  return readdirSync(crds, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.ya?ml$/.test(file))
    .sort()
    .map((file) => readFileSync(join(crds, file), "utf8"));
}
