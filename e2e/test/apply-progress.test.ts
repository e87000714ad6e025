import { expect, it } from "vitest";
import { applyProgress } from "../src/apply-progress";

const start = (addr: string, action = "create") => ({ type: "apply_start", hook: { resource: { addr }, action } });
const complete = (addr: string, id?: string, action = "create") => ({
  type: "apply_complete",
  hook: { resource: { addr }, action, ...(id === undefined ? {} : { id_key: "id", id_value: id }) },
});

const log = [
  { type: "planned_change", change: { resource: { addr: "aws_vpc.network" }, action: "create" } },
  start("kubernetes_namespace_v1.namespace_emissary"),
  start("aws_eip.emissary-address-0"),
  start("helm_release.kube2iam"),
  start("aws_vpc.network", "update"),
  start("aws_vpc_endpoint.network_s3"),
  complete("kubernetes_namespace_v1.namespace_emissary", "emissary"),
  complete("aws_eip.emissary-address-0", "eipalloc-0a1b"),
  complete("aws_vpc.network", "vpc-1", "update"),
  {
    type: "apply_progress",
    hook: { resource: { addr: "helm_release.kube2iam" }, action: "create", elapsed_seconds: 10 },
  },
  start("terraform_data.once"),
  complete("terraform_data.once"),
]
  .map((message) => JSON.stringify(message))
  .join("\n");

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
