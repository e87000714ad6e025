import type { Answer } from "./json-api";
import type { Caller } from "./organization";

/** A request that somebody who has signed in made. */
export interface ApiRequest {
  readonly caller: Caller;
  /** Values of the parts of the path that a pattern leaves open, by name. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The parsed body; undefined where there is none. */
  readonly body: unknown;
}

export type Handler = (request: ApiRequest) => Answer | Promise<Answer>;

/** Answers by method and path below `/api/v2/`: `GET workspaces/:id`. */
export type Handlers = Readonly<Record<string, Handler>>;

export interface Route {
  readonly method: string;
  readonly pattern: readonly string[];
  readonly handler: Handler;
  /** As the table names it. */
  readonly name: string;
}

export function routesOf(...tables: readonly Handlers[]): readonly Route[] {
  return tables.flatMap((table) =>
    Object.entries(table).map(([name, handler]) => {
      const [method = "", path = ""] = name.split(" ");
      return { method, pattern: path.split("/"), handler, name };
    }),
  );
}

/** The route of a request; undefined where there is none. Literal parts count before open ones. */
export function routeFor(
  routes: readonly Route[],
  method: string,
  path: string,
): { readonly route: Route; readonly path: Readonly<Record<string, string>> } | undefined {
  const parts = path.split("/").map(decodeURIComponent);
  const fitting = routes.filter(
    (route) =>
      route.method === method &&
      route.pattern.length === parts.length &&
      route.pattern.every((part, index) => part.startsWith(":") || part === parts[index]),
  );
  const open = ({ pattern }: Route) => pattern.filter((part) => part.startsWith(":")).length;
  const [route] = [...fitting].sort((left, right) => open(left) - open(right));
  if (route === undefined) return undefined;
  const values = route.pattern.flatMap((part, index) =>
    part.startsWith(":") ? [[part.slice(1), parts[index] ?? ""] as const] : [],
  );
  return { route, path: Object.fromEntries(values) };
}
