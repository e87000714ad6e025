import { App } from "cdktf";
import { describe, expect, it } from "vitest";
import { environmentStacks } from "../../stacks/environment";
import { checked, synthStacks } from "../support/environments";
import { minimal } from "../support/minimal";

const workload = {
  image: { name: "example.com/shop", tag: "1.0.0" },
  port: 8080,
  names: { deployment: "basket", service: "basket" },
  labels: { app: "basket" },
  routes: [{ kind: "alb", name: "basket" }],
} as const;

/** Addresses of everything that a workload of a name is made of. */
function addresses(name: string, renamedFrom?: string): { readonly all: readonly string[]; readonly moved: unknown } {
  const { apps } = synthStacks({
    ...minimal(),
    workloads: {
      [name]: { ...workload, routes: [...workload.routes], ...(renamedFrom === undefined ? {} : { renamedFrom }) },
    },
  });
  const all = Object.entries(apps.resource).flatMap(([type, blocks]) =>
    Object.keys(blocks)
      .filter((id) => id.startsWith(`workload_${name}_`))
      .map((id) => `${type}.${id}`),
  );
  return { all: all.sort(), moved: apps.moved };
}

describe("a workload with another name", () => {
  it("has all that it is made of found where that was, so that nothing is made twice", () => {
    const before = addresses("basket");
    const after = addresses("cart", "basket");
    expect(before.all.length).toBeGreaterThan(3);
    const moved = before.all.map((from) => ({ from, to: from.replace("workload_basket_", "workload_cart_") }));
    expect(after.moved).toEqual(expect.arrayContaining(moved));
    expect(after.all).toEqual(moved.map(({ to }) => to).sort());
  });

  it("keeps the Ingress of a route that had no name, where its name is the former key now", () => {
    const { moved } = addresses("cart", "basket");
    const ingress = "kubernetes_ingress_v1.workload_";
    expect(moved).toEqual(
      expect.arrayContaining([
        { from: `${ingress}basket_alb`, to: `${ingress}basket_alb_basket` },
        { from: `${ingress}basket_alb_basket`, to: `${ingress}cart_alb_basket` },
      ]),
    );
  });

  it("is synthesized without a Terraform, which cdktf's own moves ask for its version", () => {
    const app = new App({ stackTraces: false });
    const environment = checked({
      ...minimal(),
      workloads: { cart: { ...workload, routes: [], renamedFrom: "basket" } },
    });
    const asking = environmentStacks(app, environment).filter((stack) => stack.hasResourceMove());
    expect(asking).toEqual([]);
  });

  it("moves nothing where it never had another", () => {
    expect(addresses("basket").moved).toEqual([]);
  });
});
