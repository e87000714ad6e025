import type { App } from "cdktf";
import type { Environment } from "../platform/environment";
import { AppsStack } from "./apps";
import { ClusterStack } from "./cluster";
import { ControllersStack } from "./controllers";
import { IdentityStack } from "./identity";
import type { EnvironmentStack } from "./stack";

/** The four stacks of one environment, in the order they are applied; destroy runs in reverse. */
export function environmentStacks(app: App, environment: Environment): readonly EnvironmentStack[] {
  const stacks = [
    new ClusterStack(app, environment),
    new IdentityStack(app, environment),
    new ControllersStack(app, environment),
    new AppsStack(app, environment),
  ];
  stacks.forEach((stack, index) => {
    for (const before of stacks.slice(0, index)) stack.addDependency(before);
  });
  return stacks;
}
