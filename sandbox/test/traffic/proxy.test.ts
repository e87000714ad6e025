import { describe, expect, it } from "vitest";
import { serversOf } from "../../src/traffic/balancers/proxy";

describe("the servers of a configuration", () => {
  it("are told apart by their backends, so that one target in the place of another is noticed", () => {
    const text = (address: string) =>
      `backend front:shop\n  mode http\n  server ${address}:80 ${address}:80 check\nbackend front:api\n  server b:80 b:80 check\n`;
    expect(serversOf(text("a"))).toEqual(["front:api/b:80", "front:shop/a:80"]);
    expect(serversOf(text("c"))).toEqual(["front:api/b:80", "front:shop/c:80"]);
  });
});
