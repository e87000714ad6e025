import type { Environment } from "../../../platform/environment";
import { formatPath, type Problem } from "../../schema/problem";
import { nginxRoutes, type PlacedNginxRoute } from "./shared-hosts";

/** nginx has one certificate for a host: of several it takes one, and which one nobody says. */
export function nginxHostsHaveOneCertificate(environment: Environment): readonly Problem[] {
  const first = new Map<string, PlacedNginxRoute>();
  return nginxRoutes(environment).flatMap((placed) => {
    const { host, tls } = placed.route;
    if (tls === undefined) return [];
    const leader = first.get(host);
    if (leader === undefined) {
      first.set(host, placed);
      return [];
    }
    const certificate = ({ namespace, route }: PlacedNginxRoute) => `${namespace}/${route.tls?.secretName}`;
    if (certificate(leader) === certificate(placed)) return [];
    return [
      {
        path: formatPath([...placed.path, "tls"]),
        value: tls,
        rule: `\`${formatPath(leader.path)}\` has the Secret ${certificate(leader)} for the same host, and this one would be ${certificate(placed)}; nginx uses one of them for both`,
        remedy: "write `tls` in one of the two; it counts for the whole host",
      },
    ];
  });
}
