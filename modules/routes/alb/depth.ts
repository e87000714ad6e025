import type { RouteCanary, RouteMatch } from "../../door/depth-schema";
import type { RouteTarget } from "../../workloads/route-target";

/**
 * Conditions of an ALB's rule beside host and path.
 * Source: "Traffic Routing" in the AWS Load Balancer Controller's Ingress annotations, `conditions.${conditions-name}`.
 */
function conditions({ method, headers, query }: RouteMatch): readonly object[] {
  return [
    ...(method === undefined ? [] : [{ field: "http-request-method", httpRequestMethodConfig: { values: [method] } }]),
    ...Object.entries(headers).map(([httpHeaderName, value]) => ({
      field: "http-header",
      httpHeaderConfig: { httpHeaderName, values: [value] },
    })),
    // Values of one condition are alternatives, so each parameter is a condition of its own.
    ...Object.entries(query).map(([key, value]) => ({
      field: "query-string",
      queryStringConfig: { values: [{ key, value }] },
    })),
  ];
}

interface Depth {
  readonly match?: RouteMatch | undefined;
  readonly canary?: RouteCanary | undefined;
}

/** Annotations of an Ingress that say more of its one rule than host and path, and what the rule leads to. */
export function albDepth(
  { match, canary }: Depth,
  target: RouteTarget,
  other: RouteTarget | undefined,
): {
  readonly annotations: Readonly<Record<string, string>>;
  readonly backend: { readonly name: string; readonly port: { readonly number: number } | { readonly name: string } };
} {
  const { name, port } = target.service;
  const conditioned =
    match === undefined ? {} : { [`alb.ingress.kubernetes.io/conditions.${name}`]: JSON.stringify(conditions(match)) };
  if (canary === undefined || other === undefined)
    return { annotations: conditioned, backend: { name, port: { number: port } } };
  const group = ({ service }: RouteTarget, weight: number) => ({
    serviceName: service.name,
    servicePort: service.port,
    weight,
  });
  const action = {
    type: "forward",
    forwardConfig: { targetGroups: [group(target, 100 - canary.percent), group(other, canary.percent)] },
  };
  return {
    annotations: { ...conditioned, [`alb.ingress.kubernetes.io/actions.${name}`]: JSON.stringify(action) },
    // The controller takes the action of this name instead of the Service.
    backend: { name, port: { name: "use-annotation" } },
  };
}
