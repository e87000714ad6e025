import { clashes } from "../../schema/clashes";
import { formatPath } from "../../schema/problem";
import type { Rule } from "../../schema/rule";
import { type DeclaredNginx, nginxRoutes, type PlacedNginxRoute, secretOf } from "./shared-hosts";

function certificateOf(placed: PlacedNginxRoute): string {
  return `${placed.owner.namespace}/${secretOf(placed)}`;
}

/** nginx has one certificate for a host: of several it takes one, and which is undefined. */
export const nginxHostsHaveOneCertificate: Rule<DeclaredNginx> = (environment) =>
  clashes(
    nginxRoutes(environment).filter(({ route }) => route.tls !== undefined),
    ({ route }) => route.host,
    (placed, leader) =>
      certificateOf(leader) === certificateOf(placed)
        ? undefined
        : {
            path: formatPath([...placed.path, "tls"]),
            value: placed.route.tls,
            rule: `\`${formatPath(leader.path)}\` has the Secret ${certificateOf(leader)} for the same host, and this one would be ${certificateOf(placed)}; nginx uses one of them for both`,
            remedy: "write `tls` in one of the two; it counts for the whole host",
          },
  );
