import { type Check, stops } from "../check";
import { principalOf } from "../principal-of";

/** EKS lets nobody in by itself, not even whoever made the cluster. */
export const caller: Check = {
  name: "caller",
  asksAws: true,
  look: async ({ environment: { cluster, aws } }, facts) => {
    const who = await facts.caller();
    if (who.kind === "nobody") return [];
    const principal = principalOf(who.arn);
    const admins = Object.values(cluster.access).filter(({ policies }) =>
      policies.some(({ policy, scope }) => policy === "cluster-admin" && scope.kind === "cluster"),
    );
    // AWS tells a role's path to nobody who merely has it.
    const isCaller = (arn: string) =>
      arn === principal || (arn.includes(":role/") && lastPart(arn) === lastPart(principal));
    if (admins.some(({ principalArn }) => isCaller(principalArn))) return [];
    const known = admins.map(({ principalArn }) => principalArn).join(", ");
    return [
      stops(
        `${principal} applies, and cluster.access makes ${known === "" ? "nobody" : `only ${known}`} cluster-admin, so Kubernetes would refuse it in the controllers and apps stacks`,
        aws.assumeRole === undefined
          ? `sign in as one of those, or add { principalArn: "${principal}", policies: [{ policy: "cluster-admin" }] } to cluster.access`
          : "name aws.assumeRole.roleArn in cluster.access",
      ),
    ];
  },
};

const lastPart = (arn: string) => arn.slice(arn.lastIndexOf("/") + 1);
