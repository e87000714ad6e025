import { Release } from "@cdktf/provider-helm/lib/release";
import { TerraformResource } from "cdktf";
import { isResource } from "../modules/terraform/is-resource";
import { eachRoute } from "../modules/workloads/routes";
import type { Environment } from "../platform/environment";
import type { EnvironmentStack } from "./stack";

const plural = (count: number, noun: string) => `${count} ${noun}${count === 1 ? "" : "s"}`;

/** One line on what a stack holds: resources, Helm releases among them, and doors. */
export function stackSummary(stack: EnvironmentStack, environment: Environment): string {
  const resources = stack.node.findAll().filter((node) => TerraformResource.isTerraformResource(node));
  const releases = resources.filter((resource) => isResource(resource, Release));
  const parts = [plural(resources.length, "resource")];
  if (releases.length > 0) parts.push(plural(releases.length, "release"));
  if (stack.stackName === "apps") {
    const doors = eachRoute(environment.workloads).map(({ route }) => route.kind);
    if (doors.length > 0) parts.push(`${plural(doors.length, "door")} (${[...new Set(doors)].join(", ")})`);
  }
  return `${stack.node.id}: ${parts.join(", ")}`;
}
