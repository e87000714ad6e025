import { parseArn } from "../../../modules/schema/arn";
import { formatPath } from "../../../modules/schema/problem";
import { arnsOf } from "../../../platform/rules/aws";
import { type Check, type Finding, stops } from "../check";

export const certificates: Check = {
  name: "certificates",
  asksAws: true,
  look: async ({ environment }, facts) => {
    const findings: Finding[] = [];
    for (const { path, text } of arnsOf(environment)) {
      if (parseArn(text).service !== "acm") continue;
      const certificate = await facts.certificate(text);
      const where = formatPath(path);
      if (certificate === undefined) {
        findings.push(
          stops(`${where}: there is no certificate ${text}`, "name one that exists, in that region and account"),
        );
      } else if (certificate.status !== "ISSUED") {
        findings.push(
          stops(
            `${where}: the certificate is ${certificate.status}, and no load balancer takes it before it is ISSUED`,
            certificate.status === "PENDING_VALIDATION"
              ? "make the records by which ACM validates it"
              : "ask for a new one, and name that",
          ),
        );
      }
    }
    return findings;
  },
};
