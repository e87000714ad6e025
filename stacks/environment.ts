import type { App } from "cdktf";
import type { Environment } from "../platform/environment";
import { AppsStack } from "./apps";
import { ClusterStack } from "./cluster";
import { ControllersStack } from "./controllers";
import { IdentityStack } from "./identity";
import { type StackName, stackOrder } from "./order";
import type { EnvironmentStack } from "./stack";

const classes = {
  cluster: ClusterStack,
  identity: IdentityStack,
  controllers: ControllersStack,
  apps: AppsStack,
} satisfies Record<StackName, unknown>;

/** The four stacks of one environment, in the order they are applied. */
export function environmentStacks(app: App, environment: Environment): readonly EnvironmentStack[] {
  const stacks = stackOrder.map((name) => new classes[name](app, environment));
  stacks.forEach((stack, index) => {
    for (const before of stacks.slice(0, index)) stack.addDependency(before);
  });
  return stacks;
}
