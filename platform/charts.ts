import { type Component, type ComponentName, components } from "../modules/lifecycle/components";
import { type ChartSignature, type Published, signatures } from "../modules/lifecycle/signatures";
import type { Environment } from "./environment";
import { controllerComponents, controllerNames } from "./install-controllers";

/** A chart that an environment takes from elsewhere. */
export interface UsedChart {
  /** Name of the chart; of a release also which, as in `keda (releases.keda)`. */
  readonly title: string;
  readonly chart: string;
  readonly version: string;
  /** The environment's mirror where it has one, otherwise the chart's own. */
  readonly repository: string;
  /** Where the environment writes which package it has to be. */
  readonly path: string;
  /** SHA-256 of its package, where the environment says so. */
  readonly digest: string | undefined;
  /** How its publisher signs it; undefined where nobody has said so. */
  readonly signature: ChartSignature | Published | undefined;
}

type Charted = Pick<Environment, "charts" | "controllers" | "releases">;

/** Every chart that an environment takes from elsewhere; those of this project lie beside the stacks. */
export function usedCharts({ charts, controllers, releases }: Charted): readonly UsedChart[] {
  const published = new Map<string, Published>(Object.entries(signatures));
  const ofControllers = publishedComponents(controllers).map(([name, component]) => ({
    title: component.chart,
    chart: component.chart,
    version: component.version,
    repository: charts.mirror ?? component.repository,
    path: `charts.digests[${JSON.stringify(component.chart)}]`,
    digest: charts.digests[component.chart],
    signature: published.get(name),
  }));
  const others = Object.entries(releases).map(([name, { chart }]) => ({
    title: `${chart.name} (releases.${name})`,
    chart: chart.name,
    version: chart.version,
    repository: charts.mirror ?? chart.repository,
    path: `releases.${name}.chart.digest`,
    digest: chart.digest,
    signature: chart.signature,
  }));
  return [...ofControllers, ...others];
}

/** Rows of the table of components that an environment has and that are not folders of ours. */
export function publishedComponents(
  controllers: Environment["controllers"],
): readonly (readonly [ComponentName, Component])[] {
  return controllerNames(controllers)
    .flatMap((name) => controllerComponents(name, controllers))
    .map((name) => [name, components[name]] as const)
    .filter(([, { repository }]) => /^(https|oci):\/\//.test(repository));
}
