import { type Component, type ComponentName, components } from "../modules/lifecycle/components";
import { discontinued } from "../modules/lifecycle/discontinued";
import { kubernetesVersions } from "../modules/lifecycle/kubernetes-versions";
import type { ReleaseOptions } from "../modules/releases/schema";
import { type IsoDate, isPast } from "../modules/schema/iso-date";
import type { Environment } from "./environment";
import { controllerComponents, controllerNames } from "./install-controllers";

/** One line of the lifecycle table. */
export interface LifecycleRow {
  readonly component: string;
  readonly version: string;
  readonly state: string;
  /** Empty where no date is known. */
  readonly end: string;
  /** Empty where there is nothing to change. */
  readonly instead: string;
  /** Whether the environment keeps it past that end with open eyes. */
  readonly acknowledged: boolean;
}

function componentRow(environment: Environment, name: ComponentName, today: IsoDate): LifecycleRow {
  const { title, version, support, successor = "" }: Component = components[name];
  const end = support.kind === "ended" ? support.since : (support.until ?? "");
  const ended = support.kind === "ended" || (end !== "" && isPast(end, today));
  return {
    component: title,
    version,
    state: ended ? "ended" : "current",
    end,
    instead: ended ? successor : "",
    acknowledged: new Map<string, unknown>(Object.entries(environment.acknowledgeEndOfLife)).get(name) === end,
  };
}

/** A chart that the environment names; how long it is supported nobody knows but who wrote it down. */
function releaseRow(name: string, { chart, supportedUntil: end = "" }: ReleaseOptions, today: IsoDate): LifecycleRow {
  const state = end === "" ? "not known" : isPast(end, today) ? "ended" : "current";
  return {
    component: `${chart.name} (releases.${name})`,
    version: chart.version,
    state,
    end,
    instead: "",
    acknowledged: false,
  };
}

function kubernetesRow({ cluster }: Environment, today: IsoDate): LifecycleRow {
  const { standardUntil, extendedUntil } = kubernetesVersions[cluster.version];
  const inStandard = !isPast(standardUntil, today);
  const end = inStandard || cluster.supportType === "STANDARD" ? standardUntil : extendedUntil;
  return {
    component: "Kubernetes on EKS",
    version: cluster.version,
    state: inStandard ? "standard support" : isPast(end, today) ? "ended" : "extended support",
    end,
    instead: inStandard ? "" : "the next minor, one at a time",
    acknowledged: inStandard && cluster.supportType === "EXTENDED",
  };
}

/** Until when everything of an environment is supported, Kubernetes first. */
export function lifecycleRows(environment: Environment, today: IsoDate): readonly LifecycleRow[] {
  const used = controllerNames(environment.controllers).flatMap((name) =>
    controllerComponents(name, environment.controllers),
  );
  return [
    kubernetesRow(environment, today),
    ...used.map((name) => componentRow(environment, name, today)),
    ...Object.entries(environment.releases).map(([name, release]) => releaseRow(name, release, today)),
  ];
}

/** What ended without a chart: what the project is built on and what it replaces. */
export function discontinuedRows(today: IsoDate): readonly LifecycleRow[] {
  return Object.values(discontinued).map(({ title, version, since, successor }) => ({
    component: title,
    version,
    state: since <= today ? "ended" : "ending",
    end: since,
    instead: successor,
    acknowledged: true,
  }));
}
