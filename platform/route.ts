import type { DoorFacts, RouteOwner } from "../modules/routes/door";
import type { Problem } from "../modules/schema/problem";
import { doorTable, type Route, type RouteKind, type RouteOf } from "./doors";

/** What its door says of a route before anything is made. */
export function routeFacts(route: Route, owner: RouteOwner): DoorFacts {
  return factsOf<RouteKind>(route.kind, route, owner);
}

function factsOf<Kind extends RouteKind>(kind: Kind, route: RouteOf[Kind], owner: RouteOwner): DoorFacts {
  return doorTable[kind].facts(route, owner);
}

/** What its door finds wrong with a route; paths are relative to the route. */
export function routeProblems(route: Route, owner: RouteOwner, aws: { readonly region: string }): readonly Problem[] {
  return problemsOf<RouteKind>(route.kind, route, owner, aws);
}

function problemsOf<Kind extends RouteKind>(
  kind: Kind,
  route: RouteOf[Kind],
  owner: RouteOwner,
  aws: { readonly region: string },
): readonly Problem[] {
  return doorTable[kind].problems(route, owner, aws);
}
