import { formatPath, type Problem } from "../../schema/problem";
import { addonRoleName } from "../addon";
import type { ClusterOptions } from "../schema";

interface Declared {
  readonly name: string;
  readonly cluster: Pick<ClusterOptions, "addons" | "otherAddons">;
}

/** Those of `addons` come with what they need; the other list would install them a second time. */
export function otherAddonsAreOthers({ cluster: { addons, otherAddons } }: Declared): readonly Problem[] {
  return Object.entries(otherAddons).flatMap(([name, options]) =>
    name in addons
      ? [
          {
            path: formatPath(["cluster", "otherAddons", name]),
            value: options,
            rule: "this add-on has its own place, where its role and its order come with it",
            remedy: `write \`addons: { ${JSON.stringify(name)}: {} }\` in the cluster, with its version and configuration`,
          },
        ]
      : [],
  );
}

/** Source: IAM user guide, "IAM and AWS STS quotas". */
const roleNameLimit = 64;

export function addonRoleNamesFit({ name: environment, cluster }: Declared): readonly Problem[] {
  return Object.entries(cluster.otherAddons).flatMap(([addon, { credentials }]) =>
    Object.entries(credentials).flatMap(([account, { kind }]) => {
      const roleName = `${environment}-${addonRoleName(addon, account)}`;
      if (kind !== "role" || roleName.length <= roleNameLimit) return [];
      return [
        {
          path: formatPath(["cluster", "otherAddons", addon, "credentials", account]),
          value: account,
          rule: `its role would be called ${roleName}, which is ${roleName.length} characters; IAM allows ${roleNameLimit}`,
          remedy: 'make the role elsewhere and write `{ kind: "existing", roleArn: "..." }`',
        },
      ];
    }),
  );
}
