import { type Component, components } from "../modules/lifecycle/components";
import { kubernetesVersions } from "../modules/lifecycle/kubernetes-versions";
import { withdrawn } from "../modules/lifecycle/withdrawn";
import type { IsoDate } from "../modules/schema/iso-date";
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
}

function componentRow(component: Component, today: IsoDate): LifecycleRow {
  const { title, version, support, successor = "" } = component;
  const end = support.kind === "ended" ? support.since : (support.until ?? "");
  const ended = support.kind === "ended" || (end !== "" && end < today);
  return { component: title, version, state: ended ? "ended" : "current", end, instead: ended ? successor : "" };
}

function kubernetesRow({ cluster }: Environment, today: IsoDate): LifecycleRow {
  const { standardUntil, extendedUntil } = kubernetesVersions[cluster.version];
  const state = today <= standardUntil ? "standard support" : today <= extendedUntil ? "extended support" : "ended";
  return {
    component: "Kubernetes on EKS",
    version: cluster.version,
    state,
    end: state === "standard support" ? standardUntil : extendedUntil,
    instead: state === "standard support" ? "" : "the next minor, one at a time",
  };
}

/** How long everything of an environment is looked after, Kubernetes first. */
export function lifecycleRows(environment: Environment, today: IsoDate): readonly LifecycleRow[] {
  const used = controllerNames(environment.controllers).flatMap((name) =>
    controllerComponents(name, environment.controllers),
  );
  return [kubernetesRow(environment, today), ...used.map((name) => componentRow(components[name], today))];
}

/** What ended without a chart: what the project stands on and what it replaces. */
export function withdrawnRows(today: IsoDate): readonly LifecycleRow[] {
  return Object.values(withdrawn).map(({ title, version, since, successor }) => ({
    component: title,
    version,
    state: since <= today ? "ended" : "ending",
    end: since,
    instead: successor,
  }));
}
