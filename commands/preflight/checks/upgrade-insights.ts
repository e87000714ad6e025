import { type Check, stops, warns } from "../check";

/** EKS refuses an update that its insights find an error against. Source: EKS user guide, "Update existing cluster". */
export const upgradeInsights: Check = {
  name: "upgrade insights",
  asksAws: true,
  look: async ({ environment: { cluster } }, facts) => {
    const running = await facts.cluster();
    if (running === undefined || running.version === cluster.version) return [];
    const insights = (await facts.upgradeInsights(cluster.version)) ?? [];
    return insights.map(({ name, status, reason }) => {
      const what = `before ${cluster.version}, EKS finds: ${name}${reason === "" ? "" : `, ${reason}`}`;
      const look = `aws eks list-insights --cluster-name ${cluster.name} names what it is of`;
      return status === "ERROR" && cluster.forceUpdate === undefined
        ? stops(
            what,
            `mend it; ${look}. Where it is known to be of nothing that still runs, write cluster.forceUpdate: { reason: "..." }`,
          )
        : warns(what, look);
    });
  },
};
