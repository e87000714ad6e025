import type { Mapping } from "../../../.gen/getambassador.io/v3alpha1/mapping";
import { hstsHeader } from "../../certificates/hsts";
import type { EmissaryOptions } from "../../controllers/emissary";
import type { RouteMatch } from "../../door/depth-schema";
import type { RouteTarget } from "../../workloads/route-target";
import type { AmbassadorRoute } from "./schema";

type SpecifiedMapping = Mapping & { readonly spec: NonNullable<Mapping["spec"]> };

const addressOf = ({ service }: RouteTarget) => `${service.name}:${service.port}`;

function asked({ method, headers, query }: RouteMatch): Partial<NonNullable<Mapping["spec"]>> {
  return {
    ...(method === undefined ? {} : { method }),
    ...(Object.keys(headers).length === 0 ? {} : { headers }),
    ...(Object.keys(query).length === 0 ? {} : { query_parameters: query }),
  };
}

/** The Mapping of a route. Source: Emissary-ingress, "Introduction to the Mapping resource". */
export function mappingOf(
  route: AmbassadorRoute,
  name: string,
  target: RouteTarget,
  options: Pick<EmissaryOptions, "rateLimit" | "hsts">,
): SpecifiedMapping {
  return {
    apiVersion: "getambassador.io/v3alpha1",
    kind: "Mapping",
    metadata: { name, namespace: target.namespace },
    spec: {
      // A Mapping without a hostname matches no Host at all.
      hostname: route.host,
      prefix: route.prefix,
      // Emissary's default would send "/" instead of the path.
      rewrite: route.rewrite,
      service: addressOf(target),
      timeout_ms: route.timeoutMilliseconds,
      ...(route.match === undefined ? {} : asked(route.match)),
      ...(route.grpc ? { grpc: true } : {}),
      ...(route.webSockets ? { allow_upgrade: ["websocket"] } : {}),
      ...(route.bypassAuth === undefined ? {} : { bypass_auth: true }),
      ...(options.rateLimit === undefined
        ? {}
        : {
            labels: {
              ambassador: [
                { [name]: [{ generic_key: { value: name } }, { remote_address: { key: "remote_address" } }] },
              ],
            },
          }),
      ...(options.hsts === undefined
        ? {}
        : {
            add_response_headers: { "Strict-Transport-Security": { value: hstsHeader(options.hsts), append: false } },
          }),
    },
  };
}

/** Name of the Mapping that gives a share of the calls to another workload. */
export const canarySuffix = "-canary";

/**
 * A Mapping beside another that takes a share of its calls: all the same but for Service and weight.
 * Source: Emissary-ingress, "Canary releases".
 *
 * @param percent of the calls, 1 or more
 */
export function sharing(mapping: SpecifiedMapping, canary: RouteTarget, percent: number): Mapping {
  return {
    ...mapping,
    metadata: { ...mapping.metadata, name: `${mapping.metadata.name}${canarySuffix}` },
    spec: { ...mapping.spec, service: addressOf(canary), weight: percent },
  };
}
