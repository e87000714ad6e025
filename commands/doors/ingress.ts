import { at, listAt, parsed, textAt } from "../terraform-json/json";
import type { KubernetesObject } from "../terraform-json/kubernetes-objects";
import { type Asked, askedByConditions } from "./asked";

/** One path of one rule of an Ingress, and where it leads. */
export interface IngressPath {
  /** `*` for every host. */
  readonly host: string;
  readonly path: string;
  /** Services it leads to; several where an action splits it. */
  readonly targets: readonly {
    readonly service: string;
    readonly port: string | undefined;
    readonly weight?: number;
  }[];
  /** What it asks of a call, by the annotation of its backend. */
  readonly asked: Asked;
  /** What happens instead, where it leads to no Service. */
  readonly instead: string | undefined;
}

const prefix = "alb.ingress.kubernetes.io/";

/** An annotation of the AWS Load Balancer Controller. */
export function albAnnotation({ annotations }: KubernetesObject, name: string): string | undefined {
  return annotations[`${prefix}${name}`];
}

/** Words of an annotation that lists them with commas. */
export function words(text: string | undefined): readonly string[] {
  return (text ?? "")
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");
}

export function ingressPaths(ingress: KubernetesObject): readonly IngressPath[] {
  const rules = listAt(ingress.spec, "rules").flatMap((rule) =>
    listAt(rule, "http", "paths").map((path) => ({
      host: textAt(rule, "host") ?? "*",
      path: textAt(path, "path") ?? "/",
      asked: askedOf(ingress, at(path, "backend")),
      ...leadingTo(ingress, at(path, "backend")),
    })),
  );
  const fallback = at(ingress.spec, "defaultBackend");
  return fallback === undefined
    ? rules
    : [...rules, { host: "*", path: "/", asked: askedOf(ingress, fallback), ...leadingTo(ingress, fallback) }];
}

function askedOf(ingress: KubernetesObject, backend: unknown): Asked {
  return askedByConditions(albAnnotation(ingress, `conditions.${textAt(backend, "service", "name")}`));
}

function leadingTo(ingress: KubernetesObject, backend: unknown): Pick<IngressPath, "targets" | "instead"> {
  const service = textAt(backend, "service", "name") ?? "";
  const port = textAt(backend, "service", "port", "number") ?? textAt(backend, "service", "port", "name");
  if (port !== "use-annotation") return { targets: [{ service, port }], instead: undefined };
  const action = parsed(albAnnotation(ingress, `actions.${service}`));
  const type = textAt(action, "type");
  if (type !== "forward") {
    const what = type === undefined ? `action ${service}, which is not there` : type;
    return { targets: [], instead: what };
  }
  const groups = listAt(action, "forwardConfig", "targetGroups");
  return {
    targets: groups.map((group) => {
      const weight = textAt(group, "weight");
      return {
        service: textAt(group, "serviceName") ?? "",
        port: textAt(group, "servicePort"),
        ...(weight === undefined ? {} : { weight: Number(weight) }),
      };
    }),
    instead: undefined,
  };
}
