import { checkedOn } from "../../modules/lifecycle/checked-on";
import { type Component, type ComponentName, components } from "../../modules/lifecycle/components";
import {
  defaultKubernetesVersion,
  type KubernetesMinor,
  type KubernetesVersion,
  kubernetesVersions,
} from "../../modules/lifecycle/kubernetes-versions";
import { comesWithin, type IsoDate, isPast } from "../../modules/schema/iso-date";
import { formatField, formatValue, type Problem } from "../../modules/schema/problem";
import { controllerPath } from "../controllers";
import type { Environment } from "../environment";
import { controllerComponents, controllerNames } from "../install-controllers";
import type { Rule, Warner } from "./rule";

/** What is supported until when, as it was known on a day. */
export interface LifecycleTable {
  readonly checkedOn: IsoDate;
  readonly components: Readonly<Record<ComponentName, Component>>;
  readonly kubernetesVersions: Readonly<Record<KubernetesMinor, KubernetesVersion>>;
}

const table: LifecycleTable = { checkedOn, components, kubernetesVersions };

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

const warningDays = 90;

const isNear = (date: IsoDate, today: IsoDate) => comesWithin(date, today, warningDays);

/** Last day on which a component is maintained; undefined where none is known. */
function endOf({ support }: Component): IsoDate | undefined {
  return support.kind === "ended" ? support.since : support.until;
}

function hasEnded(component: Component, today: IsoDate): boolean {
  const end = endOf(component);
  return component.support.kind === "ended" || (end !== undefined && isPast(end, today));
}

/** A component that had ended when the table was made is kept by acknowledging the date of its end. */
export const componentsMaintained: Rule = (environment) => unacknowledgedEnds(environment, table);

/** The same against another table. */
export function unacknowledgedEnds(environment: Environment, lifecycle: LifecycleTable): readonly Problem[] {
  return usedComponents(environment, lifecycle).flatMap(({ path, name, component }) => {
    const end = endOf(component);
    if (end === undefined || !hasEnded(component, lifecycle.checkedOn) || isAcknowledged(environment, name, end)) {
      return [];
    }
    const acknowledgement = `\`acknowledgeEndOfLife: { ${formatField(name, end)} }\``;
    const { consequence, successor } = component;
    const other = successor === undefined ? "" : `choose ${successor}; `;
    return [
      {
        path,
        value: `${component.title} ${component.version}`,
        rule: `it reached its end on ${end} and is no longer maintained${consequence === undefined ? "" : `; ${consequence}`}`,
        remedy: `${other}to keep it with open eyes, add ${acknowledgement} to the environment`,
      },
    ];
  });
}

function isAcknowledged({ acknowledgeEndOfLife }: Environment, name: ComponentName, end: IsoDate): boolean {
  return new Map<string, IsoDate | undefined>(Object.entries(acknowledgeEndOfLife)).get(name) === end;
}

const minorOf = (version: string) => Number(version.split(".")[1]);

function claims(component: Component, version: string): boolean {
  const { kubernetesFrom = "1.0", kubernetesUpTo = "1.999" } = component;
  return minorOf(version) >= minorOf(kubernetesFrom) && minorOf(version) <= minorOf(kubernetesUpTo);
}

/** The default minor, or else the newest under standard support, that every component in use claims. */
function bestVersion(environment: Environment, lifecycle: LifecycleTable): string | undefined {
  const used = usedComponents(environment, lifecycle);
  const fit = Object.entries(lifecycle.kubernetesVersions)
    .filter(
      ([minor, { standardUntil }]) =>
        !isPast(standardUntil, lifecycle.checkedOn) && used.every(({ component }) => claims(component, minor)),
    )
    .map(([minor]) => minor);
  return fit.includes(defaultKubernetesVersion) ? defaultKubernetesVersion : fit.at(-1);
}

function orBetter(environment: Environment, lifecycle: LifecycleTable): string {
  const best = bestVersion(environment, lifecycle);
  return best === undefined ? "choose another version" : `write \`version: ${formatValue(best)}\``;
}

/** A component and the Kubernetes version go together. */
export const componentsClaimVersion: Rule = (environment) => unclaimedVersions(environment, table);

/** The same against another table. */
export function unclaimedVersions(environment: Environment, lifecycle: LifecycleTable): readonly Problem[] {
  const { version } = environment.cluster;
  return usedComponents(environment, lifecycle)
    .filter(({ component }) => !claims(component, version))
    .map(({ path, component: { title, version: pinned, kubernetesFrom, kubernetesUpTo } }) => ({
      path: "cluster.version",
      value: version,
      rule: `${title} ${pinned}, which \`${path}\` installs, is for Kubernetes ${kubernetesFrom === undefined ? "" : `from ${kubernetesFrom}`}${
        kubernetesFrom !== undefined && kubernetesUpTo !== undefined ? " " : ""
      }${kubernetesUpTo === undefined ? "" : `up to ${kubernetesUpTo}`}`,
      remedy: `${orBetter(environment, lifecycle)}, or take \`${path}\` out`,
    }));
}

/** Source: EKS user guide, "Understand the Kubernetes version lifecycle on EKS". */
export const kubernetesSupported: Rule = (environment) => unsupportedKubernetes(environment, table);

/** The same against another table. */
export function unsupportedKubernetes(environment: Environment, lifecycle: LifecycleTable): readonly Problem[] {
  const { version, supportType } = environment.cluster;
  const { standardUntil, extendedUntil } = lifecycle.kubernetesVersions[version];
  const better = orBetter(environment, lifecycle);
  if (isPast(extendedUntil, lifecycle.checkedOn)) {
    return [
      {
        path: "cluster.version",
        value: version,
        rule: `its extended support ended on ${extendedUntil}: EKS makes no such cluster and upgrades those there are`,
        remedy: `${better}; a cluster goes up one minor at a time`,
      },
    ];
  }
  if (supportType === "EXTENDED" || !isPast(standardUntil, lifecycle.checkedOn)) return [];
  return [
    {
      path: "cluster.version",
      value: version,
      rule: `its standard support ended on ${standardUntil}, and under STANDARD EKS makes no such cluster and upgrades those there are`,
      remedy: `${better}, or \`supportType: "EXTENDED"\`, which costs more an hour and lasts until ${extendedUntil}`,
    },
  ];
}

/** Charts that the environment names, by the day that it gives them. */
export const releasesEndSoon: Warner = ({ releases }, today) =>
  Object.entries(releases).flatMap(([name, { chart, supportedUntil: until }]) => {
    if (until === undefined) return [];
    if (isNear(until, today)) return [`releases.${name}: ${chart.name} ${chart.version} is supported until ${until}`];
    return isPast(until, today)
      ? [
          `releases.${name}: ${chart.name} ${chart.version} reached its end on ${until}; take a newer version, or what follows it`,
        ]
      : [];
  });

/** What ends within 90 days, or has ended since the table was made, as sentences. */
export const endsSoon: Warner = (environment, today) => endsSoonBy(environment, today, table);

/** The same against another table. */
export function endsSoonBy(environment: Environment, today: IsoDate, lifecycle: LifecycleTable): readonly string[] {
  return [
    ...kubernetesEnds(environment, today, lifecycle),
    ...usedComponents(environment, lifecycle).flatMap(({ name, component }) => {
      const { support, title, version, successor } = component;
      if (support.kind === "ended" || support.until === undefined) return [];
      const { until } = support;
      if (isNear(until, today)) return [`${title} ${version} is supported until ${until}`];
      if (!isPast(until, today) || isAcknowledged(environment, name, until)) return [];
      return [
        `${title} ${version} reached its end on ${until} and is no longer maintained${successor === undefined ? "; plan what follows it" : `; choose ${successor}`}`,
      ];
    }),
  ];
}

/** What EKS does to the cluster by itself, soon or since. */
function kubernetesEnds(
  { cluster: { version, supportType } }: Environment,
  today: IsoDate,
  { kubernetesVersions: known }: LifecycleTable,
): readonly string[] {
  const { standardUntil, extendedUntil } = known[version];
  const [support, until] =
    supportType === "STANDARD" ? (["standard", standardUntil] as const) : (["extended", extendedUntil] as const);
  if (isPast(until, today)) {
    return [
      `Kubernetes ${version} left ${support} support on ${until}: EKS makes no such cluster and upgrades those there are by itself; write the next minor`,
    ];
  }
  return isNear(until, today)
    ? [`Kubernetes ${version} leaves ${support} support on ${until}, and EKS then upgrades the cluster by itself`]
    : [];
}

/** What has ended and is kept with open eyes, so that every synth says so. */
export const keptPastEnd: Warner = (environment, today) =>
  usedComponents(environment, table).flatMap(({ name, component }) => {
    const end = endOf(component);
    if (end === undefined || !hasEnded(component, today) || !isAcknowledged(environment, name, end)) return [];
    const { consequence, successor, title, version } = component;
    const parts = [consequence, successor === undefined ? undefined : `choose ${successor}`];
    return [
      [`${title} ${version} reached its end on ${end} and is kept`, ...parts.filter((part) => part !== undefined)].join(
        "; ",
      ),
    ];
  });
