import { App, Testing } from "cdktf";
import { expect, it } from "vitest";
import { environmentStacks } from "../../stacks/environment";
import { stackOrder } from "../../stacks/order";
import { checked } from "../support/environments";
import { minimal } from "../support/minimal";

it("each stack waits for all before it, so that a destroy goes backwards", () => {
  const stacks = environmentStacks(Testing.stubVersion(new App({ stackTraces: false })), checked(minimal("shop")));
  expect(stacks.map(({ node }) => node.id)).toEqual(["shop-cluster", "shop-identity", "shop-controllers", "shop-apps"]);
  stacks.forEach((stack, index) => {
    expect(stack.dependencies.map(({ node }) => node.id)).toEqual(
      stackOrder.slice(0, index).map((name) => `shop-${name}`),
    );
  });
});

it("a stack reads the state of every stack before it", () => {
  const app = Testing.stubVersion(new App({ stackTraces: false }));
  const reads = environmentStacks(app, checked(minimal("shop"))).map((stack) => {
    const { data = {} } = JSON.parse(Testing.synth(stack, false));
    return Object.keys(data.terraform_remote_state ?? {}).sort();
  });
  expect(reads).toEqual([[], ["cluster"], ["cluster", "identity"], ["cluster", "controllers", "identity"]]);
});
