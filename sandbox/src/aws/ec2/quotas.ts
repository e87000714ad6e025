import { DescribeAddressesCommand, DescribeVpcsCommand } from "@aws-sdk/client-ec2";
import pLimit from "p-limit";
import type { Answer, Call } from "../exchange";
import type { MotoClient } from "../moto-client";
import { ec2Error } from "../query-protocol";
import { Ec2 } from "./client";

interface Quota {
  /** Code in Service Quotas, by which an account has it raised. */
  readonly quotaCode: string;
  /** A new account's. */
  readonly most: number;
  readonly errorCode: string;
  readonly message: string;
  /** How many there are. */
  readonly used: (ec2: Ec2) => Promise<number>;
}

/**
 * Quotas that an environment may come to, by the operation that takes from them.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
 */
const quotas: Readonly<Record<string, Quota>> = {
  AllocateAddress: {
    quotaCode: "L-0263D0A3",
    most: 5,
    errorCode: "AddressLimitExceeded",
    message: "The maximum number of addresses has been reached.",
    used: async ({ client }) => (await client.send(new DescribeAddressesCommand({}))).Addresses?.length ?? 0,
  },
  CreateVpc: {
    quotaCode: "L-F678F1CE",
    most: 5,
    errorCode: "VpcLimitExceeded",
    message: "The maximum number of VPCs has been reached.",
    used: async ({ client }) => (await client.send(new DescribeVpcsCommand({}))).Vpcs?.length ?? 0,
  },
};

// Calls come side by side, and what each of them would take is not there before it was answered.
const oneAtATime = pLimit(1);

/**
 * Has a call answered unless it would go over a quota of a new account.
 *
 * @returns the refusal, moto's answer, or undefined for what takes from no quota
 */
export async function withinQuota(moto: MotoClient, call: Call, action: string): Promise<Answer | undefined> {
  const quota = quotas[action];
  if (quota === undefined) {
    return undefined;
  }
  return oneAtATime(async () =>
    (await quota.used(new Ec2(moto, call.scope.region))) >= quota.most
      ? ec2Error(quota.errorCode, quota.message)
      : moto.forward(call),
  );
}
