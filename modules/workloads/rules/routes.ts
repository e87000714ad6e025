import type { Problem } from "../../config/problem";
import { groupProblems, type PlacedAlbRoute } from "../../routes/alb/group";
import { routeProblems } from "../../routes/route";
import { at, type Declared } from "./rule";

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
