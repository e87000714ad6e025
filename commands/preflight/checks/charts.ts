import { type Check, type Finding, stops } from "../check";

export const charts: Check = {
  name: "charts",
  asksAws: false,
  look: async ({ charts: used }, facts) => {
    const findings: Finding[] = [];
    for (const repository of new Set(used.map((chart) => chart.repository))) {
      const why = await facts.noAnswer(
        repository.startsWith("oci://") ? registryOf(repository) : `${repository}/index.yaml`,
      );
      if (why === undefined) continue;
      const names = used.filter((chart) => chart.repository === repository).map(({ name }) => name);
      findings.push(
        stops(
          `${repository} does not answer: ${why}; ${names.join(", ")} ${names.length === 1 ? "comes" : "come"} from there`,
          "let this machine reach it, or name a mirror: charts: { mirror: … }",
        ),
      );
    }
    return findings;
  },
};

/** Where a registry says that it speaks the protocol. Source: the OCI distribution specification, "Determining support". */
const registryOf = (repository: string) => `https://${repository.replace(/^oci:\/\//, "").split("/")[0]}/v2/`;
