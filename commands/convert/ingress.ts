import { parseAllDocuments } from "yaml";
import { at, listAt, listOf, mapAt, textAt } from "../terraform-json/json";
import { annotationsHere, type DoorOfIngress, ofTheIngressAlone, othersHere } from "./annotations";

type Fields = Readonly<Record<string, unknown>>;

/** What could not be turned into a route, or is another thing here. */
export interface NotConverted {
  /** `<namespace>/<name>` of the Ingress. */
  readonly ingress: string;
  readonly what: string;
  /** What to write here, or why there is nothing. */
  readonly here: string;
  /** It stopped callers, whom nothing stops until it is written here. */
  readonly guards?: true;
}

export interface Converted {
  /** Routes by the Service they lead to, which a workload's name is by default. */
  readonly routes: Readonly<Record<string, readonly Fields[]>>;
  readonly notConverted: readonly NotConverted[];
  readonly ingresses: number;
}

const prefix = "nginx.ingress.kubernetes.io/";

/** Fields of a route and what is not said by them. */
interface Said {
  readonly fields: Fields;
  readonly told: readonly Omit<NotConverted, "ingress">[];
}

function annotation(name: string, value: string, door: DoorOfIngress): Said {
  if (ofTheIngressAlone.has(name)) return { fields: {}, told: [] };
  const what = `${name}: ${value}`;
  const known = annotationsHere.find((one) => `${prefix}${one.name}` === name);
  if (known?.byItself?.includes(value) === true) return { fields: {}, told: [] };
  const fields = known?.fields?.(value)[door];
  if (fields !== undefined) return { fields, told: [] };
  const here = known?.here ?? othersHere[name] ?? "nothing: it is not known here; see whether the route needs it";
  return { fields: {}, told: [{ what, here, ...(known?.guards === true ? { guards: true } : {}) }] };
}

/** Fields of the same name that hold fields themselves, as `rewrite`, are put together. */
function together(all: readonly Fields[]): Fields {
  const merged: Record<string, unknown> = {};
  for (const [key, value] of all.flatMap((fields) => Object.entries(fields))) {
    const before = merged[key];
    merged[key] = Array.isArray(value) || typeof value !== "object" ? value : { ...Object(before), ...Object(value) };
  }
  return merged;
}

function tlsOf(ingress: unknown, host: string, door: DoorOfIngress): Said {
  const entry = listAt(ingress, "spec", "tls").find((one) => {
    const hosts = listAt(one, "hosts").map(String);
    return hosts.length === 0 || hosts.includes(host);
  });
  if (entry === undefined) return { fields: {}, told: [] };
  const secretName = textAt(entry, "secretName");
  if (door === "nginx" && secretName !== undefined) return { fields: { tls: { secretName } }, told: [] };
  const named = door === "gateway" ? "`certificates` of the gateway" : "`certificate` of the route";
  return {
    fields: door === "alb" ? { certificate: "web" } : {},
    told: [
      {
        what: `TLS for ${host}${secretName === undefined ? "" : ` by the Secret ${secretName}`}`,
        here: `a certificate in \`certificates\` with the host, such as \`web: { kind: "acm", hosts: ["${host}"] }\`, named by ${named}`,
      },
    ],
  };
}

function pathOf(path: unknown, door: DoorOfIngress): Said {
  const text = textAt(path, "path") ?? "/";
  const type = textAt(path, "pathType") ?? "ImplementationSpecific";
  if (/[\\^$*+?()[\]{}|]/.test(text)) {
    return {
      fields: {},
      told: [{ what: `path ${text}`, here: "nothing: it is a regular expression, and paths here are prefixes" }],
    };
  }
  const fields = text === "/" ? {} : { path: text };
  if (type !== "Exact") return { fields, told: [] };
  if (door === "nginx") return { fields: { ...fields, pathType: "Exact" }, told: [] };
  return {
    fields,
    told: [{ what: `path ${text}, exactly`, here: "a prefix: what lies below the path comes to the workload as well" }],
  };
}

interface Route {
  readonly service: string;
  readonly fields: Fields;
}

function one(
  ingress: unknown,
  door: DoorOfIngress,
): { routes: readonly Route[]; notConverted: readonly NotConverted[] } {
  const name = textAt(ingress, "metadata", "name") ?? "ingress";
  const title = `${textAt(ingress, "metadata", "namespace") ?? "default"}/${name}`;
  const told: Omit<NotConverted, "ingress">[] = [];
  const said = ({ fields, told: more }: Said): Fields => {
    told.push(...more);
    return fields;
  };
  const common = Object.entries(mapAt(at(ingress, "metadata"), "annotations")).map(([key, value]) =>
    said(annotation(key, value, door)),
  );
  const places = listAt(ingress, "spec", "rules").flatMap((rule) =>
    listAt(rule, "http", "paths").map((path) => ({ host: textAt(rule, "host") ?? "*", path })),
  );
  const service = textAt(ingress, "spec", "defaultBackend", "service", "name");
  if (service !== undefined)
    told.push({ what: `default backend ${service}`, here: "a route of that workload without a host" });
  const routes = places.flatMap(({ host, path }, index): Route[] => {
    // `serviceName` is the form before networking.k8s.io/v1, which stands in many a repository still.
    const backend = textAt(path, "backend", "service", "name") ?? textAt(path, "backend", "serviceName");
    if (backend === undefined) {
      told.push({ what: `a backend of ${host} that is no Service`, here: "nothing: a route leads to a workload" });
      return [];
    }
    const before = told.length;
    const fields = together([
      { kind: door, name: index === 0 ? name : `${name}-${index + 1}` },
      door === "gateway" ? { gateway: "front" } : {},
      host === "*" ? {} : { host },
      said(pathOf(path, door)),
      said(tlsOf(ingress, host, door)),
      ...common,
    ]);
    const unusable = told.slice(before).some(({ here }) => here.startsWith("nothing: it is a regular expression"));
    return unusable ? [] : [{ service: backend, fields }];
  });
  const once = told.filter(({ what }, index) => told.findIndex((other) => other.what === what) === index);
  return { routes, notConverted: once.map((entry) => ({ ingress: title, ...entry })) };
}

/** Ingresses of a file, of lists as `kubectl get` prints them too. */
function ingressesOf(text: string): readonly unknown[] {
  return parseAllDocuments(text).flatMap((document) => {
    const [error] = document.errors ?? [];
    if (error !== undefined) throw error;
    const value: unknown = document.toJS();
    return (textAt(value, "kind") === "Ingress" ? [value] : listOf(at(value, "items"))).filter(
      (item) => textAt(item, "kind") === "Ingress",
    );
  });
}

/**
 * Turns Ingresses into routes. What opens is never wider than it was but where it is told: a route is internal until
 * somebody writes otherwise.
 *
 * @throws where the text is no YAML
 */
export function convertIngresses(text: string, door: DoorOfIngress): Converted {
  const ingresses = ingressesOf(text);
  const all = ingresses.map((ingress) => one(ingress, door));
  const routes: Record<string, Fields[]> = {};
  for (const { service, fields } of all.flatMap((each) => each.routes)) {
    const list = Object.hasOwn(routes, service) ? (routes[service] ?? []) : [];
    routes[service] = [...list, fields];
  }
  return { routes, notConverted: all.flatMap(({ notConverted }) => notConverted), ingresses: ingresses.length };
}
