import { certificateProblems, webAclProblems } from "../../modules/load-balancer/arns";
import { clashes } from "../../modules/schema/clashes";
import { exampleOf } from "../../modules/schema/examples";
import { formatField, formatPath, type Problem } from "../../modules/schema/problem";
import { eachRoute } from "../../modules/workloads/routes";
import { controllerTable } from "../controllers";
import type { Environment } from "../environment";
import { doorTable, routeProblems, routesWithFacts } from "../route";

export function routesHaveTheirControllers({ controllers, workloads }: Environment): readonly Problem[] {
  return eachRoute(workloads).flatMap(({ path, route }) =>
    doorTable[route.kind].controllers
      .filter((controller) => controllers[controller] === undefined)
      .map((controller) => ({
        path: formatPath([...path, "kind"]),
        value: route.kind,
        rule: `routes of this kind go through \`controllers.${controller}\`, which is not enabled`,
        remedy: `add \`${formatField(controller, exampleOf(controllerTable[controller].schema))}\` to \`controllers\``,
      })),
  );
}

/** What each door finds wrong with its routes. */
export function routesFitTheirDoors({ aws, workloads }: Pick<Environment, "aws" | "workloads">): readonly Problem[] {
  return eachRoute(workloads).flatMap(({ path, owner, route }) =>
    routeProblems(route, owner, aws).map((problem) => ({ ...problem, path: `${formatPath(path)}.${problem.path}` })),
  );
}

/** Of two routes with the same host and path one is never reached, and which is undefined. */
export function routesUnique(environment: Environment): readonly Problem[] {
  return clashes(
    routesWithFacts(environment),
    ({ facts: { entrance, host, path, toldApartBy = "" } }) =>
      host === undefined || path === undefined
        ? undefined
        : `${entrance} ${host}${path.replace(/(?<=.)\/+$/, "")} ${toldApartBy}`,
    ({ path: here, route, facts: { host, path } }, first) => ({
      path: formatPath(here),
      value: { kind: route.kind, host, path },
      rule: `\`${formatPath(first.path)}\` has the same host and path behind the same entrance, so one of the two is never reached`,
      remedy: "give one of them another host or path",
    }),
  );
}

/** Certificates and web ACLs fit the load balancers of the routes that name them. */
export function routeArnsFit(environment: Environment): readonly Problem[] {
  return routesWithFacts(environment).flatMap(({ path, facts: { certificates = [], webAcls = [] } }) => [
    ...certificates.flatMap((use) => certificateProblems(use, path, environment.aws)),
    ...webAcls.flatMap((use) => webAclProblems(use, path, environment.aws)),
  ]);
}
