import { type Check, stops } from "../check";

export const instanceTypes: Check = {
  name: "instance types",
  asksAws: true,
  look: async ({ environment: { aws, cluster } }, facts) => {
    const wanted = Object.entries(cluster.nodeGroups).flatMap(([group, { instanceTypes: types }]) =>
      types.map((type) => ({ group, type })),
    );
    if (wanted.length === 0) return [];
    const known = await facts.vcpus([...new Set(wanted.map(({ type }) => type))]);
    return wanted
      .filter(({ type }) => known[type] === undefined)
      .map(({ group, type }) =>
        stops(
          `cluster.nodeGroups.${group}: ${aws.region} has no ${type}`,
          `aws ec2 describe-instance-type-offerings --region ${aws.region} lists those it has`,
        ),
      );
  },
};
