import type { Environment } from "../../platform/environment";
import { stackId, stackOrder } from "../../stacks/order";
import { environmentsToRead } from "../program/environments";
import { printJson } from "../program/print";
import type { Surroundings } from "../program/surroundings";
import { printTable } from "../program/table";

/** One environment, as `foundry list` shows it. */
function listed({ name, aws, cluster, state, workloads }: Environment, warnings: readonly string[]) {
  const routes = Object.values(workloads).flatMap((workload) => workload.routes);
  return {
    name,
    account: aws.accountId,
    region: aws.region,
    kubernetes: cluster.version,
    state: state.kind,
    routes: routes.length,
    doors: [...new Set(routes.map(({ kind }) => kind))].sort(),
    warnings,
    stacks: stackOrder.map((stack) => stackId(name, stack)),
  };
}

/**
 * Prints a line an environment, or all of it as JSON.
 *
 * @param names undefined for all
 */
export function printList(surroundings: Surroundings, names: readonly string[] | undefined, json: boolean): void {
  const { environments, warnings } =
    names?.length === 0 ? { environments: [], warnings: [] } : environmentsToRead(surroundings, names ?? []);
  const rows = environments.map((environment) =>
    listed(
      environment,
      warnings.filter(({ file }) => file.endsWith(`/${environment.name}.ts`)).map(({ message }) => message),
    ),
  );
  if (json) printJson(surroundings.output, rows);
  else {
    printTable(
      surroundings.output,
      ["environment", "account", "region", "kubernetes", "state", "doors", "warnings"],
      rows.map(({ name, account, region, kubernetes, state, routes, doors, warnings: warned }) => [
        ...[name, account, region, kubernetes, state],
        routes === 0 ? "none" : `${routes}: ${doors.join(", ")}`,
        warned.length === 0 ? "none" : String(warned.length),
      ]),
    );
  }
}
