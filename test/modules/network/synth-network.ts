import type { z } from "zod";
import { makeNetwork } from "../../../modules/network/network";
import { networkSchema } from "../../../modules/network/schema";
import { synthModule, type TerraformJson } from "../../support/synth";

/** The network of an environment `dev` with cluster `shop`, as Terraform will read it. */
export function synthNetwork(options: z.input<typeof networkSchema>, region = "us-west-2"): TerraformJson {
  return synthModule((stack) => {
    makeNetwork(stack, "network", {
      environmentName: "dev",
      clusterName: "shop",
      aws: { region, accountId: "123456789012", partition: region.startsWith("cn-") ? "aws-cn" : "aws" },
      network: networkSchema.parse(options),
    });
  });
}
