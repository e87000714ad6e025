import { groupProblems, type PlacedAlbRoute } from "../../modules/routes/alb/group";
import type { Problem } from "../../modules/schema/problem";
import { at, type Declared } from "../../modules/workloads/rules/rule";
import { routeProblems } from "../route";

/** What each door finds wrong with its routes. */
export function routesFitTheirDoors({ aws, workloads }: Declared): readonly Problem[] {
  return Object.entries(workloads).flatMap(([name, { namespace, routes }]) =>
    routes.flatMap((route, index) =>
      routeProblems(route, { name, namespace }, aws).map((problem) => ({
        ...problem,
        path: `${at(name, "routes", index)}.${problem.path}`,
      })),
    ),
  );
}

/** Routes that share an ALB ask the same of it. */
export function albGroupsAgree({ workloads }: Declared): readonly Problem[] {
  return groupProblems(
    Object.entries(workloads).flatMap(([name, { routes }]) =>
      routes.flatMap((route, index): readonly PlacedAlbRoute[] =>
        route.kind === "alb" ? [{ path: ["workloads", name, "routes", index], route }] : [],
      ),
    ),
  );
}
