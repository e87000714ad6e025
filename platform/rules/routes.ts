import { exampleOf } from "../../modules/schema/examples";
import { formatField, formatPath, type Problem } from "../../modules/schema/problem";
import { controllerTable } from "../controllers";
import { doorTable } from "../doors";
import type { Environment } from "../environment";
import { routeFacts } from "../route";

export function routesHaveTheirControllers({ controllers, workloads }: Environment): readonly Problem[] {
  return Object.entries(workloads).flatMap(([name, { routes }]) =>
    routes.flatMap((route, index) =>
      doorTable[route.kind].controllers
        .filter((controller) => controllers[controller] === undefined)
        .map((controller) => ({
          path: formatPath(["workloads", name, "routes", index, "kind"]),
          value: route.kind,
          rule: `routes of this kind go through \`controllers.${controller}\`, which is not enabled`,
          remedy: `add \`${formatField(controller, exampleOf(controllerTable[controller].schema))}\` to \`controllers\``,
        })),
    ),
  );
}

/** Of two routes with the same host and path one is never reached, and which one nobody says. */
export function routesApart({ workloads }: Environment): readonly Problem[] {
  const taken = new Map<string, string>();
  return Object.entries(workloads).flatMap(([name, { namespace, routes }]) =>
    routes.flatMap((route, index) => {
      const { entrance, host, path } = routeFacts(route, { name, namespace });
      if (host === undefined || path === undefined) return [];
      const here = formatPath(["workloads", name, "routes", index]);
      const key = `${entrance} ${host}${path.replace(/(?<=.)\/+$/, "")}`;
      const first = taken.get(key);
      if (first === undefined) {
        taken.set(key, here);
        return [];
      }
      return [
        {
          path: here,
          value: { kind: route.kind, host, path },
          rule: `\`${first}\` has the same host and path behind the same entrance, so one of the two is never reached`,
          remedy: "give one of them another host or path",
        },
      ];
    }),
  );
}

/** Source: "Certificates" in the ELB guides: from ACM, or uploaded to IAM. */
export function certificatesAreCertificates({ aws, workloads }: Environment): readonly Problem[] {
  return Object.entries(workloads).flatMap(([name, { routes }]) =>
    routes.flatMap((route, index) => {
      const certificate = "certificateArn" in route ? route.certificateArn : undefined;
      if (certificate === undefined || /^arn:[^:]+:(acm:.*:certificate|iam:.*:server-certificate)\//.test(certificate))
        return [];
      return [
        {
          path: formatPath(["workloads", name, "routes", index, "certificateArn"]),
          value: certificate,
          rule: "it is no certificate: those are of ACM, or uploaded to IAM",
          remedy: `write an ARN such as "arn:${aws.partition}:acm:${aws.region}:${aws.accountId}:certificate/11111111-2222-3333-4444-555555555555"`,
        },
      ];
    }),
  );
}
