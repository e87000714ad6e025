import { type Check, type Finding, stops } from "../check";

/** Source: EKS user guide, "View Amazon EKS networking requirements for VPC and subnets". */
const refusedByEks = new Set(["use1-az3", "usw1-az2", "cac1-az3"]);

export const zones: Check = {
  name: "zones",
  asksAws: true,
  look: async ({ environment: { network, aws } }, facts) => {
    if (network.kind !== "create") return [];
    const there = new Map((await facts.zones()).map(({ name, id }) => [name, id]));
    const good = [...there].filter(([, id]) => !refusedByEks.has(id)).map(([name]) => name.slice(aws.region.length));
    const remedy = `write others in network.zones: ${good.sort().join(", ")}`;
    return network.zones.flatMap((letter): readonly Finding[] => {
      const name = `${aws.region}${letter}`;
      const id = there.get(name);
      if (id === undefined) return [stops(`this account has no zone ${name}`, remedy)];
      return refusedByEks.has(id)
        ? [stops(`${name} is ${id} in this account, where EKS makes no control plane`, remedy)]
        : [];
    });
  },
};
