import { type Check, stops } from "../check";

/** EKS goes up, one minor at a time, and never back. Source: EKS user guide, "Update existing cluster to new Kubernetes version". */
export const kubernetesVersion: Check = {
  name: "Kubernetes version",
  asksAws: true,
  look: async ({ environment: { cluster } }, facts) => {
    const running = await facts.cluster();
    if (running === undefined) return [];
    const steps = minor(cluster.version) - minor(running.version);
    if (steps < 0) {
      return [
        stops(
          `the cluster runs ${running.version}, and EKS never goes back to ${cluster.version}`,
          `write cluster.version: "${running.version}"`,
        ),
      ];
    }
    return steps > 1
      ? [
          stops(
            `the cluster runs ${running.version}, and ${cluster.version} is ${steps} minors away`,
            `go one at a time: write cluster.version: "1.${minor(running.version) + 1}" and apply, then the next`,
          ),
        ]
      : [];
  },
};

const minor = (version: string) => Number(version.split(".")[1]);
