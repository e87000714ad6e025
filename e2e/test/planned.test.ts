import { expect, it } from "vitest";
import { countsText, lossesIn } from "../src/scenarios/day-two/planned";

const changes = [
  { action: "create", address: "aws_subnet.a" },
  { action: "create", address: "aws_subnet.b" },
  { action: "update", address: "aws_eks_cluster.cluster" },
  { action: "replace", address: "aws_eks_node_group.general" },
  { action: "delete", address: "helm_release.mesh" },
  { action: "move", address: "kubernetes_service_v1.shop" },
];

it("what is planned is counted by what becomes of it", () => {
  expect(countsText(changes)).toBe("+2 ~1 -/+1 -1 moved 1");
  expect(countsText([])).toBe("outputs alone");
});

it("what is lost is what should last and is deleted or replaced", () => {
  expect(lossesIn(changes)).toEqual([{ action: "replace", address: "aws_eks_node_group.general" }]);
});
