import { Iam } from "../iam/client";
import { trustsService } from "../iam/trust-policy";
import type { Eks } from "./eks";
import { EksError } from "./errors";

/** @throws EksError InvalidParameterException when there is no role of this ARN */
export async function checkRoleExists(eks: Eks, roleArn: string): Promise<void> {
  await checkTrusts(eks, roleArn, "", []);
}

/**
 * Checks that a role exists and lets a service act as it, as EKS does before it accepts the role.
 *
 * @throws EksError InvalidParameterException
 */
export async function checkTrusts(
  eks: Eks,
  roleArn: string,
  service: string,
  actions: readonly string[] = ["sts:AssumeRole"],
): Promise<void> {
  const statements = await new Iam(eks.moto, eks.region).trustOf(roleArn);
  if (statements === undefined) {
    throw new EksError("InvalidParameterException", `Role with arn: ${roleArn}, could not be found.`);
  }
  const missing = actions.filter((action) => !trustsService(statements, service, action));
  if (missing.length > 0) {
    throw new EksError(
      "InvalidParameterException",
      `Role with arn: ${roleArn}, could not be assumed because the trust policy does not allow ${service} ` +
        `to ${missing.join(" and ")}.`,
    );
  }
}
