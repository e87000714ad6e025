import type { Construct } from "constructs";
import type { DoorContext, DoorFacts, DoorPlace, MadeDoor } from "../modules/door/door";
import type { NameInAws } from "../modules/schema/name-in-aws";
import type { Problem } from "../modules/schema/problem";
import type { RouteOwner, RouteTarget } from "../modules/workloads/route-target";
import { eachRoute, type PlacedRoute } from "../modules/workloads/routes";
import { type DoorOf, doors, type Route, type RouteKind, type RouteOf, routeKinds, type Shared } from "./doors";
import type { Environment } from "./environment";

/** The list of doors, with route and door of one kind held together for the compiler. */
export const doorTable: { readonly [Kind in RouteKind]: DoorOf<Kind, Environment> } = doors;

/** What its door says of a route before anything is made. */
export function routeFacts(route: Route, owner: RouteOwner): DoorFacts {
  return factsOf<RouteKind>(route.kind, route, owner);
}

function factsOf<Kind extends RouteKind>(kind: Kind, route: RouteOf[Kind], owner: RouteOwner): DoorFacts {
  return doorTable[kind].facts(route, owner);
}

/** Every route of an environment with what its door says of it. */
export function routesWithFacts({
  workloads,
}: Pick<Environment, "workloads">): readonly (PlacedRoute<Route> & { readonly facts: DoorFacts })[] {
  return eachRoute(workloads).map((placed) => ({ ...placed, facts: routeFacts(placed.route, placed.owner) }));
}

/** Id of a route below its workload: no order of routes changes it, nor does another route. */
export function routeId({ kind, name }: Pick<Route, "kind" | "name">, { label }: Pick<DoorFacts, "label">): string {
  const own = name ?? label;
  return own === undefined ? kind : `${kind}_${own}`;
}

/** What its door finds wrong with a route; paths are relative to the route. */
export function routeProblems(route: Route, owner: RouteOwner, place: DoorPlace): readonly Problem[] {
  return problemsOf<RouteKind>(route.kind, route, owner, place);
}

function problemsOf<Kind extends RouteKind>(
  kind: Kind,
  route: RouteOf[Kind],
  owner: RouteOwner,
  place: DoorPlace,
): readonly Problem[] {
  return doorTable[kind].problems?.(route, owner, place) ?? [];
}

/** Names that the routes of an environment give in AWS. */
export function namesOfRoutes({ name, workloads }: Pick<Environment, "name" | "workloads">): readonly NameInAws[] {
  return eachRoute(workloads).flatMap(({ path, owner, route }) => {
    const port = workloads[owner.name]?.port;
    if (port === undefined) return [];
    return namesOf<RouteKind>(route.kind, route, { name: owner.name, port }, name).map((one) => ({ ...one, path }));
  });
}

function namesOf<Kind extends RouteKind>(
  kind: Kind,
  route: RouteOf[Kind],
  backend: { readonly name: string; readonly port: number },
  environmentName: string,
): readonly Omit<NameInAws, "path">[] {
  return doorTable[kind].namesInAws?.(route, backend, environmentName) ?? [];
}

/** Versions of the AWS provider that an environment's routes need at least. */
export function awsProvidersOfRoutes(environment: Environment): readonly string[] {
  return routeKinds.flatMap((kind) => doorTable[kind].awsProvider?.(environment) ?? []);
}

/** Makes the routes of an environment: first what the routes of each door share, then each route. */
export class MadeRoutes {
  private readonly shared: { -readonly [Kind in RouteKind]?: Shared[Kind] } = {};

  constructor(
    scope: Construct,
    private readonly environment: Environment,
    private readonly context: DoorContext,
  ) {
    for (const kind of routeKinds) this.share(scope, kind);
  }

  /** What the routes through a door share. */
  of<Kind extends RouteKind>(kind: Kind): Shared[Kind] {
    return this.shared[kind] as Shared[Kind];
  }

  /** Makes one route, in a scope of its own. */
  make(scope: Construct, route: Route, target: RouteTarget): MadeDoor {
    return this.makeOf<RouteKind>(scope, route.kind, route, target);
  }

  private share<Kind extends RouteKind>(scope: Construct, kind: Kind): void {
    this.shared[kind] = doorTable[kind].share?.(scope, this.environment, this.context);
  }

  private makeOf<Kind extends RouteKind>(
    scope: Construct,
    kind: Kind,
    route: RouteOf[Kind],
    target: RouteTarget,
  ): MadeDoor {
    const { environment, context } = this;
    return doorTable[kind].make(scope, route, target, { ...context, environment, shared: this.of(kind) });
  }
}
