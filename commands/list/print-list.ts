import type { Environment } from "../../platform/environment";
import { stackId, stackOrder } from "../../stacks/order";
import { environmentsToRead } from "../program/environments";
import { printJson } from "../program/print";
import type { Surroundings } from "../program/surroundings";
import { printTable } from "../program/table";

/** One environment, as `foundry list` shows it. */
function listed({ name, aws, cluster, state, workloads }: Environment) {
  return {
    name,
    account: aws.accountId,
    region: aws.region,
    kubernetes: cluster.version,
    state: state.kind,
    routes: Object.values(workloads).reduce((count, { routes }) => count + routes.length, 0),
    stacks: stackOrder.map((stack) => stackId(name, stack)),
  };
}

/** Prints a line an environment, or all of it as JSON. */
export function printList(surroundings: Surroundings, names: readonly string[], json: boolean): void {
  const { environments } = environmentsToRead(surroundings, names);
  const rows = environments.map(listed);
  if (json) printJson(surroundings.output, rows);
  else {
    printTable(
      surroundings.output,
      ["environment", "account", "region", "kubernetes", "state", "routes", "stacks"],
      rows.map(({ name, account, region, kubernetes, state, routes, stacks }) => [
        ...[name, account, region, kubernetes, state, String(routes)],
        stacks.map((stack) => stack.slice(name.length + 1)).join(", "),
      ]),
    );
  }
}
