import { type Check, stops } from "../check";

export const apiServer: Check = {
  name: "API server",
  asksAws: true,
  look: async ({ environment: { cluster: options } }, facts) => {
    const cluster = await facts.cluster();
    if (cluster === undefined || cluster.status !== "ACTIVE") return [];
    const { hostname, port } = new URL(cluster.endpoint);
    const why = await facts.unreachable(hostname, port === "" ? 443 : Number(port));
    if (why !== undefined) {
      return [
        stops(
          `${hostname} cannot be reached from here: ${why}`,
          options.endpoint.kind === "private"
            ? "apply from a network of cluster.endpoint.clients, or add the one that you are in"
            : "add the network that you are in to cluster.endpoint.cidrs or clients",
        ),
      ];
    }
    const admission = await facts.admission(cluster);
    return admission.kind === "administrator"
      ? []
      : [
          stops(
            `it does not take the caller for an administrator: ${admission.because}`,
            "sign in as a principal of cluster.access with the policy cluster-admin, or apply the cluster stack as it is now",
          ),
        ];
  },
};
