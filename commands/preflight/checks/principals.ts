import { parseArn } from "../../../modules/schema/arn";
import { type Check, type Finding, stops } from "../check";

/** EKS refuses an access entry of a principal that IAM does not know. IAM of another account cannot be asked. */
export const principals: Check = {
  name: "principals",
  asksAws: true,
  look: async ({ environment: { aws, cluster } }, facts) => {
    const findings: Finding[] = [];
    for (const [name, { principalArn }] of Object.entries(cluster.access)) {
      if (parseArn(principalArn).accountId !== aws.accountId || (await facts.principalExists(principalArn))) continue;
      findings.push(
        stops(
          `cluster.access.${name}: IAM does not know ${principalArn}, and EKS then refuses its access entry`,
          "make that role or user first, or name one that exists; the path of an SSO role belongs to its ARN",
        ),
      );
    }
    return findings;
  },
};
