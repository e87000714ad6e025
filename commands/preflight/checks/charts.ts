import { type UsedChart, usedCharts } from "../../../platform/charts";
import { type Check, type Finding, stops } from "../check";
import type { Facts } from "../facts";

export const charts: Check = {
  name: "charts",
  asksAws: false,
  look: async ({ charts: used, environment }, facts) => {
    const findings: Finding[] = [];
    const silent = new Set<string>();
    for (const repository of new Set(used.map((chart) => chart.repository))) {
      const why = await facts.noAnswer(
        repository.startsWith("oci://") ? registryOf(repository) : `${repository}/index.yaml`,
      );
      if (why === undefined) continue;
      silent.add(repository);
      const names = used.filter((chart) => chart.repository === repository).map(({ name }) => name);
      findings.push(
        stops(
          `${repository} does not answer: ${why}; ${names.join(", ")} ${names.length === 1 ? "comes" : "come"} from there`,
          "let this machine reach it, or name a mirror: charts: { mirror: … }",
        ),
      );
    }
    for (const chart of usedCharts(environment)) {
      if (chart.digest !== undefined && !silent.has(chart.repository)) findings.push(...(await pinned(chart, facts)));
    }
    return findings;
  },
};

/** Helm takes whatever has the version; what the environment has pinned is held here. */
async function pinned(chart: UsedChart, facts: Facts): Promise<readonly Finding[]> {
  const { title, version, repository, digest, path } = chart;
  const found = await facts.chartDigest(chart);
  if (found.kind === "unknown") {
    return [
      stops(
        `${title} ${version} cannot be held to its digest: ${found.because}`,
        `let this machine fetch it, or take ${path} out`,
      ),
    ];
  }
  if (found.digest === digest) return [];
  return [
    stops(
      `${title} ${version} of ${repository} is another package than ${path} says: ${found.digest}`,
      `find out who changed it, and write another digest only for a package that you have looked into; ${digest} is pinned`,
    ),
  ];
}

/** Where a registry says that it speaks the protocol. Source: the OCI distribution specification, "Determining support". */
const registryOf = (repository: string) => `https://${repository.replace(/^oci:\/\//, "").split("/")[0]}/v2/`;
