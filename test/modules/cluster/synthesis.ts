import { z } from "zod";
import { Cluster, type ClusterProps } from "../../../modules/cluster/cluster";
import { clusterSchema } from "../../../modules/cluster/schema";
import { type Arguments, synthModule, type TerraformJson } from "../../support/synth";

export type ClusterInput = z.input<typeof clusterSchema>;

export const aws: ClusterProps["aws"] = { region: "us-west-2", accountId: "123456789012", partition: "aws" };
export const privateSubnetIds = ["subnet-0a", "subnet-0b"];

/** A cluster named `dev` with the given options, defaults filled in as in an environment file. */
export function synthCluster(input: ClusterInput = {}, props: Partial<ClusterProps> = {}): TerraformJson {
  const options = clusterSchema.parse(input);
  return synthModule((stack) => {
    new Cluster(stack, "cluster", {
      environmentName: "dev",
      aws,
      cluster: { ...options, name: options.name ?? "dev" },
      network: { privateSubnetIds },
      ...props,
    });
  });
}

/** A policy document that stands in an argument as text. */
export function policyIn(block: Arguments, argument: string): z.output<typeof policySchema> {
  return policySchema.parse(JSON.parse(String(block[argument])));
}

const oneOrMore = z.union([z.string(), z.array(z.string())]);
const policySchema = z.object({
  Version: z.string(),
  Statement: z.array(
    z.object({
      Effect: z.string(),
      Principal: z.record(z.string(), z.string()).optional(),
      Action: oneOrMore,
      Resource: oneOrMore.optional(),
      Condition: z.record(z.string(), z.record(z.string(), z.string())).optional(),
    }),
  ),
});

/** Names of all blocks of one type. */
export function names(json: TerraformJson, type: string): readonly string[] {
  return Object.keys(json.resource[type] ?? {});
}

/** Policies attached to a role, by the role's address. */
export function attachedTo(json: TerraformJson, role: string): readonly unknown[] {
  return Object.values(json.resource["aws_iam_role_policy_attachment"] ?? {})
    .filter((attachment) => attachment["role"] === `\${aws_iam_role.${role}.name}`)
    .map((attachment) => attachment["policy_arn"]);
}

/** What a block waits for. */
export function dependencies(block: Arguments): readonly string[] {
  return z.array(z.string()).default([]).parse(block["depends_on"]);
}
