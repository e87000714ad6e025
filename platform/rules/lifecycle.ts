import { type Component, type ComponentName, components } from "../../modules/lifecycle/components";
import {
  defaultKubernetesVersion,
  type KubernetesMinor,
  type KubernetesVersion,
  kubernetesVersions,
} from "../../modules/lifecycle/kubernetes-versions";
import { comesWithin, type IsoDate, lastDay } from "../../modules/schema/iso-date";
import { formatField, formatValue, type Problem } from "../../modules/schema/problem";
import { controllerPath } from "../controllers";
import type { Environment } from "../environment";
import { controllerComponents, controllerNames } from "../install-controllers";
import type { RuleContext } from "./rule";

/** What is supported until when. */
export interface LifecycleTable {
  readonly components: Readonly<Record<ComponentName, Component>>;
  readonly kubernetesVersions: Readonly<Record<KubernetesMinor, KubernetesVersion>>;
}

const table: LifecycleTable = { components, kubernetesVersions };

interface UsedComponent {
  readonly path: string;
  readonly name: ComponentName;
  readonly component: Component;
}

function usedComponents({ controllers }: Environment, { components: known }: LifecycleTable): readonly UsedComponent[] {
  return controllerNames(controllers).flatMap((controller) =>
    controllerComponents(controller, controllers).map((name) => ({
      path: controllerPath(controller),
      name,
      component: known[name],
    })),
  );
}

const isPast = (date: IsoDate, today: IsoDate) => today > lastDay(date);

const warningDays = 90;

const isNear = (date: IsoDate, today: IsoDate) => comesWithin(date, today, warningDays);

/** Day after which nobody mends a component; undefined where none is known. */
function endOf({ support }: Component): IsoDate | undefined {
  return support.kind === "ended" ? support.since : support.until;
}

function hasEnded(component: Component, today: IsoDate): boolean {
  const end = endOf(component);
  return component.support.kind === "ended" || (end !== undefined && isPast(end, today));
}

export function componentsAlive(
  environment: Environment,
  { today }: RuleContext,
  lifecycle: LifecycleTable = table,
): readonly Problem[] {
  const acknowledged = new Map<string, IsoDate | undefined>(Object.entries(environment.acknowledgeEndOfLife));
  return usedComponents(environment, lifecycle).flatMap(({ path, name, component }) => {
    const end = endOf(component);
    if (end === undefined || !hasEnded(component, today) || acknowledged.get(name) === end) return [];
    const acknowledgement = `\`acknowledgeEndOfLife: { ${formatField(name, end)} }\``;
    const other = component.successor === undefined ? "" : `choose ${component.successor}; `;
    return [
      {
        path,
        value: `${component.title} ${component.version}`,
        rule: `it reached its end on ${end}: nobody mends it any more`,
        remedy: `${other}to keep it with open eyes, add ${acknowledgement} to the environment`,
      },
    ];
  });
}

const minorOf = (version: string) => Number(version.split(".")[1]);

function claims(component: Component, version: string): boolean {
  const { kubernetesFrom = "1.0", kubernetesUpTo = "1.999" } = component;
  return minorOf(version) >= minorOf(kubernetesFrom) && minorOf(version) <= minorOf(kubernetesUpTo);
}

/** The default minor, or else the newest under standard support, that every component in use claims. */
function bestVersion(environment: Environment, today: IsoDate, lifecycle: LifecycleTable): string | undefined {
  const used = usedComponents(environment, lifecycle);
  const fit = Object.entries(lifecycle.kubernetesVersions)
    .filter(
      ([minor, { standardUntil }]) =>
        !isPast(standardUntil, today) && used.every(({ component }) => claims(component, minor)),
    )
    .map(([minor]) => minor);
  return fit.includes(defaultKubernetesVersion) ? defaultKubernetesVersion : fit.at(-1);
}

function orBetter(environment: Environment, today: IsoDate, lifecycle: LifecycleTable): string {
  const best = bestVersion(environment, today, lifecycle);
  return best === undefined ? "choose another version" : `write \`version: ${formatValue(best)}\``;
}

export function componentsClaimVersion(
  environment: Environment,
  { today }: RuleContext,
  lifecycle: LifecycleTable = table,
): readonly Problem[] {
  const { version } = environment.cluster;
  return usedComponents(environment, lifecycle)
    .filter(({ component }) => !claims(component, version))
    .map(({ path, component: { title, version: pinned, kubernetesFrom, kubernetesUpTo } }) => ({
      path: "cluster.version",
      value: version,
      rule: `${title} ${pinned}, which \`${path}\` installs, is for Kubernetes ${kubernetesFrom === undefined ? "" : `from ${kubernetesFrom}`}${
        kubernetesFrom !== undefined && kubernetesUpTo !== undefined ? " " : ""
      }${kubernetesUpTo === undefined ? "" : `up to ${kubernetesUpTo}`}`,
      remedy: `${orBetter(environment, today, lifecycle)}, or take \`${path}\` out`,
    }));
}

/** Source: EKS user guide, "Understand the Kubernetes version lifecycle on EKS". */
export function kubernetesSupported(
  environment: Environment,
  { today }: RuleContext,
  lifecycle: LifecycleTable = table,
): readonly Problem[] {
  const { version, supportType } = environment.cluster;
  const { standardUntil, extendedUntil } = lifecycle.kubernetesVersions[version];
  const better = orBetter(environment, today, lifecycle);
  if (isPast(extendedUntil, today)) {
    return [
      {
        path: "cluster.version",
        value: version,
        rule: `its extended support ended on ${extendedUntil}: EKS makes no such cluster and upgrades those there are`,
        remedy: `${better}; a cluster goes up one minor at a time`,
      },
    ];
  }
  if (supportType === "EXTENDED" || !isPast(standardUntil, today)) return [];
  return [
    {
      path: "cluster.version",
      value: version,
      rule: `its standard support ended on ${standardUntil}, and under STANDARD EKS makes no such cluster and upgrades those there are`,
      remedy: `${better}, or \`supportType: "EXTENDED"\`, which costs more an hour and lasts until ${extendedUntil}`,
    },
  ];
}

/** What ends within 90 days, as sentences. */
export function endsSoon(
  environment: Environment,
  { today }: RuleContext,
  lifecycle: LifecycleTable = table,
): readonly string[] {
  const { version, supportType } = environment.cluster;
  const { standardUntil, extendedUntil } = lifecycle.kubernetesVersions[version];
  const kubernetes =
    supportType === "STANDARD"
      ? {
          until: standardUntil,
          text: `Kubernetes ${version} leaves standard support on ${standardUntil}, and EKS then upgrades the cluster by itself`,
        }
      : {
          until: extendedUntil,
          text: `Kubernetes ${version} leaves extended support on ${extendedUntil}, and EKS then upgrades the cluster by itself`,
        };
  return [
    ...(isNear(kubernetes.until, today) ? [kubernetes.text] : []),
    ...usedComponents(environment, lifecycle).flatMap(({ component }) => {
      const { support, title, version: pinned } = component;
      if (support.kind === "ended" || support.until === undefined || !isNear(support.until, today)) return [];
      return [`${title} ${pinned} is mended until ${support.until}`];
    }),
  ];
}

/** What has ended and is kept with open eyes, so that every synth says so. */
export function keptPastEnd(
  environment: Environment,
  { today }: RuleContext,
  lifecycle: LifecycleTable = table,
): readonly string[] {
  return usedComponents(environment, lifecycle)
    .filter(({ component }) => hasEnded(component, today))
    .map(({ component }) => {
      const instead = component.successor === undefined ? "" : `; choose ${component.successor}`;
      return `${component.title} ${component.version} reached its end on ${endOf(component)} and is kept${instead}`;
    });
}
