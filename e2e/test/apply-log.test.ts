import { expect, it } from "vitest";
import { applyProgress } from "../src/apply-log";

const log = `Terraform used the selected providers to generate the following execution plan.
  + create
kubernetes_namespace_v1.namespace_emissary: Creating...
aws_eip.emissary-address-0: Creating...
helm_release.kube2iam: Creating...
aws_vpc_endpoint.network_s3: Creating...
kubernetes_namespace_v1.namespace_emissary: Creation complete after 0s [id=emissary]
aws_eip.emissary-address-0: Creation complete after 1m2s [id=eipalloc-0a1b]
helm_release.kube2iam: Still creating... [00m10s elapsed]
terraform_data.once: Creating...
terraform_data.once: Creation complete after 0s
`;

it("what an apply made is what it says is complete, with the id that it prints", () => {
  expect([...applyProgress(log).made]).toEqual([
    ["kubernetes_namespace_v1.namespace_emissary", "emissary"],
    ["aws_eip.emissary-address-0", "eipalloc-0a1b"],
    ["terraform_data.once", ""],
  ]);
});

it("what an apply has begun is unfinished until it says that it is complete", () => {
  expect(applyProgress(log).unfinished).toEqual(["helm_release.kube2iam", "aws_vpc_endpoint.network_s3"]);
});

it("an apply that has printed nothing has begun nothing", () => {
  expect(applyProgress("")).toEqual({ made: new Map(), unfinished: [] });
});
