import type { App } from "cdktf";
import { Construct } from "constructs";
import type { Environment } from "../platform/environment";
import { AppsStack } from "./apps";
import { ClusterStack } from "./cluster";
import { ControllersStack } from "./controllers";
import { IdentityStack } from "./identity";
import type { AddToStacks, OpenStacks } from "./open-stacks";
import { stackOrder } from "./order";
import type { EnvironmentStack } from "./stack";

/** Id of the scope in each stack that additions go below; their addresses begin with it. */
export const additionsScope = "own";

/**
 * The four stacks of one environment, in the order they are applied.
 *
 * @param add adds to the finished stacks. Default: nothing does.
 */
export function environmentStacks(app: App, environment: Environment, add?: AddToStacks): readonly EnvironmentStack[] {
  const stacks = {
    cluster: new ClusterStack(app, environment),
    identity: new IdentityStack(app, environment),
    controllers: new ControllersStack(app, environment),
    apps: new AppsStack(app, environment),
  };
  const inOrder = stackOrder.map((name) => stacks[name]);
  inOrder.forEach((stack, index) => {
    for (const before of inOrder.slice(0, index)) stack.addDependency(before);
  });
  add?.(opened(environment, stacks));
  return inOrder;
}

function opened(
  { name, aws: { region, accountId, partition } }: Environment,
  { cluster, identity, controllers, apps }: Stacks,
): OpenStacks {
  const scope = (stack: EnvironmentStack) => new Construct(stack, additionsScope);
  return {
    environment: { name, aws: { region, accountId, partition } },
    cluster: { scope: scope(cluster), outputs: cluster.outputs },
    identity: { scope: scope(identity), outputs: identity.outputs, cluster: identity.cluster },
    controllers: {
      scope: scope(controllers),
      outputs: controllers.outputs,
      cluster: controllers.cluster,
      identity: controllers.identity,
    },
    apps: {
      scope: scope(apps),
      outputs: apps.outputs,
      cluster: apps.cluster,
      identity: apps.identity,
      namespace: (namespace) => apps.namespaces.of(namespace),
    },
  };
}

interface Stacks {
  readonly cluster: ClusterStack;
  readonly identity: IdentityStack;
  readonly controllers: ControllersStack;
  readonly apps: AppsStack;
}
