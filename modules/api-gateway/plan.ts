import { assertNever } from "../schema/assert-never";
import type { ApiGatewayRoute } from "./route-schema";
import type { Api } from "./schema";

/** A route through an API and the workload it belongs to. */
export interface PlannedRoute {
  /** Name of the workload. */
  readonly workload: string;
  readonly servicePort: number;
  readonly route: ApiGatewayRoute;
}

/** A method of a resource and the route that answers it. */
export interface PlannedMethod<Route extends PlannedRoute> {
  readonly path: string;
  readonly httpMethod: string;
  readonly from: Route;
}

/** Milliseconds that an API waits for an answer at most. Source: API Gateway quotas, integration timeouts. */
export const timeoutLimits: { readonly [Kind in Api["kind"]]: number } = { rest: 29_000, http: 30_000 };

const greedy = "{proxy+}";

function below(path: string, part: string): string {
  return path === "/" ? `/${part}` : `${path}/${part}`;
}

/** The path and every path above it but the root, the shortest first. */
function steps(path: string): readonly string[] {
  const parts = path.split("/").filter((part) => part !== "");
  return parts.map((_, index) => `/${parts.slice(0, index + 1).join("/")}`);
}

/** Whether everything below the resource is meant. */
export function isGreedy(path: string): boolean {
  return path.endsWith(`/${greedy}`);
}

/** A resource's path as the backend is to see it: API Gateway puts the caller's in the place of `{proxy}`. */
export function backendPath(path: string): string {
  return path.replace(greedy, "{proxy}");
}

/** The methods that a route declares itself. */
export function ownMethods({
  path,
  match,
}: ApiGatewayRoute): readonly { readonly path: string; readonly httpMethod: string }[] {
  switch (match.kind) {
    case "exact":
      return [{ path, httpMethod: match.method }];
    case "prefix":
      return [path, below(path, greedy)].map((each) => ({ path: each, httpMethod: "ANY" }));
    default:
      return assertNever("kind of match", match);
  }
}

/** Port of the load balancer's listener for a route to its workload. */
export function listenerPort({ route, servicePort }: PlannedRoute): number {
  return route.listenerPort ?? servicePort;
}

/**
 * Parts of the name of what stands for a backend, behind the environment's name in AWS: the target group, its binding
 * and the release that carries it. A target group's port cannot change, so it belongs to the name.
 */
export function backendName(api: string, backend: string, containerPort: number): readonly string[] {
  return [api, backend, String(containerPort)];
}

/** Routes that go to their workload, as opposed to a public host. */
export function toWorkloads<Route extends PlannedRoute>(routes: readonly Route[]): readonly Route[] {
  return routes.filter(({ route }) => route.integration.kind === "workload");
}

/**
 * Methods of a REST API. A segment that several routes share is there once. A segment above a prefix route
 * gets ANY too, answered by the first such route, unless a route of its own declares it.
 */
export function planRestApi<Route extends PlannedRoute>(routes: readonly Route[]): readonly PlannedMethod<Route>[] {
  const own = routes.flatMap((from) => ownMethods(from.route).map((method) => ({ ...method, from })));
  const declared = new Set(own.map(({ path }) => path));
  const passing = routes
    .filter(({ route }) => route.match.kind === "prefix")
    .flatMap((from) => steps(from.route.path).map((path) => ({ path, httpMethod: "ANY", from })))
    .filter(({ path }, index, all) => !declared.has(path) && all.findIndex((other) => other.path === path) === index);
  return [...own, ...passing].sort((left, right) => order(methodKey(left), methodKey(right)));
}

/** A method as a plan of Terraform names it: `ANY /api/book`. */
export function methodKey({ httpMethod, path }: { readonly httpMethod: string; readonly path: string }): string {
  return `${httpMethod} ${path}`;
}

function order(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
