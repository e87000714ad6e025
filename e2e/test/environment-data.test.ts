import { describe, expect, it } from "vitest";
import { edited, environmentFile } from "../src/environment-data";

const data = { name: "dev", workloads: { shop: { port: 8080, routes: [] } } };

describe("an edit of an environment", () => {
  it("sets and removes what stands at a path, and leaves what it began with", () => {
    expect(edited(data, { set: { "workloads.shop.port": 80, "workloads.cart": {} }, remove: ["name"] })).toEqual({
      workloads: { shop: { port: 80, routes: [] }, cart: {} },
    });
    expect(data.workloads.shop.port).toBe(8080);
  });

  it("removes before it sets, so that one thing can take the place of another", () => {
    expect(edited(data, { remove: ["workloads.shop"], set: { "workloads.shop": { port: 1 } } })).toEqual({
      name: "dev",
      workloads: { shop: { port: 1 } },
    });
  });

  it.each([
    [{ remove: ["workloads.cart"] }, "there is no workloads.cart to remove"],
    [{ set: { "workloads.cart.port": 1 } }, "there is no object cart on the way to workloads.cart.port"],
    [{ set: { "name.first": 1 } }, "there is no object name on the way to name.first"],
  ])("is refused where its path leads nowhere: %j", (edit, message) => {
    expect(() => edited(data, edit)).toThrow(message);
  });
});

it("an environment's file defines what it is made of", () => {
  const file = environmentFile(data);
  expect(file).toContain("export default defineEnvironment({");
  const [, written = ""] = /defineEnvironment\((\{[\s\S]*\})\);/.exec(file) ?? [];
  expect(JSON.parse(written)).toEqual(data);
});
