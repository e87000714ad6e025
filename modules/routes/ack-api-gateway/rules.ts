import { clashes } from "../../schema/clashes";
import { formatPath } from "../../schema/problem";
import type { Rule } from "../../schema/rule";
import { type RoutedWorkloads, routesOfKind } from "../../workloads/routes";
import type { AckApiGatewayRoute } from "./schema";

/** Namespaces keep the resources of two APIs apart, and nothing does so with their load balancers and groups in AWS. */
export const ackApiNamesUnique: Rule<{ readonly workloads: RoutedWorkloads }> = ({ workloads }) =>
  clashes(
    routesOfKind<AckApiGatewayRoute>(workloads, "ack-api-gateway").map(({ path, owner, route }) => ({
      path: formatPath([...path, "name"]),
      api: route.name ?? owner.name,
    })),
    ({ api }) => api,
    ({ path, api }, first) => ({
      path,
      value: api,
      rule: `\`${first.path}\` makes an API of this name too, and their load balancers would share a name in AWS`,
      remedy: "give one of them another name",
    }),
  );
