import { DescribeAddressesCommand, DescribeVpcsCommand } from "@aws-sdk/client-ec2";
import type { MotoClient } from "../moto-client";
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

/**
 * Whether a call would go over a quota of a new account.
 *
 * @returns the quota, or undefined when there is room
 */
export async function exceeded(moto: MotoClient, region: string, action: string): Promise<Quota | undefined> {
  const quota = quotas[action];
  return quota !== undefined && (await quota.used(new Ec2(moto, region))) >= quota.most ? quota : undefined;
}
