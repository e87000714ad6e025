import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { expect, it } from "vitest";
import { TerraformData } from "../../../modules/terraform/terraform-data";
import { resource, synthModule } from "../../support/synth";

it("what depends on a value is replaced by the address of the terraform_data that keeps it", () => {
  const json = synthModule((stack) => {
    const kept = new TerraformData(stack, "class", { controller: "nginx" });
    new Vpc(stack, "vpc", { lifecycle: { replaceTriggeredBy: [kept.address] } });
  });
  expect(resource(json, "terraform_data", "class")).toEqual({ input: { controller: "nginx" } });
  expect(resource(json, "aws_vpc", "vpc")).toMatchObject({
    lifecycle: { replace_triggered_by: ["terraform_data.class"] },
  });
});
