import type { RouteOwner } from "./route-target";

/** Workloads by name, as far as a reader of their routes needs them. */
export type RoutedWorkloads<Route extends { readonly kind: string } = { readonly kind: string }> = Readonly<
  Record<string, { readonly namespace: string; readonly routes: readonly Route[] }>
>;

/** A route and where it is in the file. */
export interface PlacedRoute<Route> {
  /** `["workloads", <name>, "routes", <index>]` */
  readonly path: readonly PropertyKey[];
  readonly owner: RouteOwner;
  readonly route: Route;
}

/** Every route of every workload, in the order of the file. */
export function eachRoute<Route extends { readonly kind: string }>(
  workloads: RoutedWorkloads<Route>,
): readonly PlacedRoute<Route>[] {
  return Object.entries(workloads).flatMap(([name, { namespace, routes }]) =>
    routes.map((route, index) => ({ path: ["workloads", name, "routes", index], owner: { name, namespace }, route })),
  );
}

/** The routes of one kind; there is one schema a kind, so the kind tells the options. */
export function routesOfKind<Route extends { readonly kind: string }>(
  workloads: RoutedWorkloads,
  kind: Route["kind"],
): readonly PlacedRoute<Route>[] {
  const isOfKind = (placed: PlacedRoute<{ readonly kind: string }>): placed is PlacedRoute<Route> =>
    placed.route.kind === kind;
  return eachRoute(workloads).filter(isOfKind);
}
