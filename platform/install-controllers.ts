import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type {
  ControllerBalancer,
  ControllerContext,
  IdentityContext,
  IdentityRequest,
  Installed,
} from "../modules/controllers/controller";
import { ControllerNamespaces } from "../modules/controllers/controller-namespaces";
import type { ComponentName } from "../modules/lifecycle/components";
import { type PodSecurityStandard, podSecurityStandards } from "../modules/workloads/pod-security";
import {
  controllerNames as allNames,
  type ChosenControllers,
  type ControllerName,
  type ControllerOptions,
  controllerTable,
} from "./controllers";

/** Names of the controllers an environment has, each after those it waits for. */
export function controllerNames(chosen: ChosenControllers): readonly ControllerName[] {
  const ordered: ControllerName[] = [];
  const visit = (name: ControllerName, waiting: readonly ControllerName[]) => {
    if (ordered.includes(name) || chosen[name] === undefined) return;
    if (waiting.includes(name)) throw new Error(`controllers wait for each other: ${[...waiting, name].join(" -> ")}`);
    for (const before of allNames.filter((other) => controllerTable[name].after.includes(other))) {
      visit(before, [...waiting, name]);
    }
    ordered.push(name);
  };
  for (const name of allNames) visit(name, []);
  return ordered;
}

/** What a controller asks of the identity stack; undefined where it needs no role. */
export function controllerIdentity<Name extends ControllerName>(
  name: Name,
  chosen: ChosenControllers,
  context: IdentityContext,
): IdentityRequest | undefined {
  const options: ControllerOptions[Name] | undefined = chosen[name];
  if (options === undefined || controllerTable[name].needsRole?.(options) === false) return undefined;
  return controllerTable[name].identity?.(options, context);
}

/** Whether the pods of a controller need AWS credentials. */
export function controllerHasRole<Name extends ControllerName>(name: Name, chosen: ChosenControllers): boolean {
  const options: ControllerOptions[Name] | undefined = chosen[name];
  const { identity, needsRole } = controllerTable[name];
  return options !== undefined && identity !== undefined && needsRole?.(options) !== false;
}

/** Namespace a controller runs in; undefined where the environment does not have it. */
export function controllerNamespace<Name extends ControllerName>(
  name: Name,
  chosen: ChosenControllers,
): string | undefined {
  const options: ControllerOptions[Name] | undefined = chosen[name];
  return options === undefined ? undefined : controllerTable[name].namespace(options);
}

/** Controllers that traffic comes in by, each with the load balancer before it. */
export function controllerBalancers(
  chosen: ChosenControllers,
): readonly { readonly name: ControllerName; readonly balancer: ControllerBalancer }[] {
  return controllerNames(chosen).flatMap((name) => {
    const balancer = balancerOf(name, chosen);
    return balancer === undefined ? [] : [{ name, balancer }];
  });
}

function balancerOf<Name extends ControllerName>(
  name: Name,
  chosen: ChosenControllers,
): ControllerBalancer | undefined {
  const options: ControllerOptions[Name] | undefined = chosen[name];
  return options === undefined ? undefined : controllerTable[name].balancer?.(options);
}

/** What an installation may know that is the same for every controller. */
export type InstallContext = Omit<ControllerContext, "roleArn" | "dependsOn" | "has"> & {
  /** What makes nodes, where the stack does. */
  readonly nodesReady: readonly ITerraformDependable[];
  /** IRSA role of a controller; undefined where it has none. */
  readonly roleArnOf: (name: ControllerName) => string | undefined;
};

/** Namespaces of the controllers stack; one is made when something asks for it. */
export function controllerNamespaces(scope: Construct, chosen: ChosenControllers): ControllerNamespaces {
  return new ControllerNamespaces(
    scope,
    "namespace",
    new Set(controllerBalancers(chosen).flatMap(({ name }) => controllerNamespace(name, chosen) ?? [])),
  );
}

/** Installs every controller of an environment, each after those it waits for. */
export function installControllers(
  scope: Construct,
  chosen: ChosenControllers,
  namespaces: ControllerNamespaces,
  context: InstallContext,
): ReadonlyMap<ControllerName, Installed> {
  const installed = new Map<ControllerName, Installed>();
  for (const name of controllerNames(chosen)) {
    const before = [...installed]
      .filter(([other]) => controllerTable[name].after.includes(other))
      .map(([, { ready }]) => ready);
    const namespace = controllerNamespace(name, chosen);
    const dependsOn = [...namespaces.of(namespace, standardOf(namespace, chosen)), ...context.nodesReady, ...before];
    installed.set(name, installOne(scope, name, chosen, context, dependsOn));
  }
  return installed;
}

/** The strictest Pod Security Standard that all controllers of a namespace pass. */
function standardOf(namespace: string | undefined, chosen: ChosenControllers): PodSecurityStandard {
  const passed = controllerNames(chosen)
    .filter((name) => controllerNamespace(name, chosen) === namespace)
    .map((name) => controllerTable[name].podSecurity ?? "baseline");
  return podSecurityStandards.findLast((standard) => passed.includes(standard)) ?? "baseline";
}

function installOne<Name extends ControllerName>(
  scope: Construct,
  name: Name,
  chosen: ChosenControllers,
  context: InstallContext,
  dependsOn: ControllerContext["dependsOn"],
): Installed {
  const options: ControllerOptions[Name] | undefined = chosen[name];
  if (options === undefined) throw new Error(`controllers.${name} is not part of the environment`);
  return controllerTable[name].install(scope, options, {
    ...context,
    roleArn: context.roleArnOf(name),
    has: (other) => chosen[other] !== undefined,
    dependsOn,
  });
}

/** Lifecycle rows of what a controller installs; none where the environment does not have it. */
export function controllerComponents<Name extends ControllerName>(
  name: Name,
  chosen: ChosenControllers,
): readonly ComponentName[] {
  const options: ControllerOptions[Name] | undefined = chosen[name];
  return options === undefined ? [] : controllerTable[name].components(options);
}
