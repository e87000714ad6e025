import type { Callers } from "../../modules/callers/schema";
import { formatPath, formatValue, type Problem } from "../../modules/schema/problem";
import { eachRoute } from "../../modules/workloads/routes";
import type { Environment } from "../environment";

function secretOf(callers: Callers | undefined): string | undefined {
  return callers?.kind === "oidc" ? callers.client?.secret : undefined;
}

/** External Secrets makes the Secret of a client, and its role reads what lies below one prefix. */
export function clientSecretsAreReadable({ cluster, controllers, workloads }: Environment): readonly Problem[] {
  return eachRoute(workloads).flatMap(({ path, route }): readonly Problem[] => {
    const secret = secretOf("callers" in route ? route.callers : undefined);
    if (secret === undefined) return [];
    const at = { path: formatPath([...path, "callers", "client", "secret"]), value: secret };
    const { externalSecrets } = controllers;
    if (externalSecrets === undefined) {
      return [
        {
          ...at,
          rule: "`controllers.externalSecrets` makes the Secret of it, and it is not enabled",
          remedy: "add `externalSecrets: {}` to `controllers`",
        },
      ];
    }
    const { prefix = cluster.name } = externalSecrets;
    if (secret.startsWith(`${prefix}/`)) return [];
    return [
      {
        ...at,
        rule: `External Secrets reads the secrets \`${prefix}/…\` alone`,
        remedy: `keep it as ${formatValue(`${prefix}/${secret.split("/").at(-1)}`)}`,
      },
    ];
  });
}
