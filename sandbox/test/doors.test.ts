import { describe, expect, it } from "vitest";
import { doorLines, gatewayAddresses } from "../src/doors";

const gateway = (...addresses: readonly string[]) => ({
  metadata: { name: "doors" },
  status: { addresses: addresses.map((value) => ({ type: "Hostname", value })) },
});

describe("the doors that are printed", () => {
  it("are reached by the address of the Gateway, where they are for every host", () => {
    expect(doorLines({ "shop/gateway/shop": "*/health" }, ["doors.elb.amazonaws.com"])).toEqual([
      "  shop/gateway/shop                       doors.elb.amazonaws.com/health",
    ]);
  });

  it("are printed as they are where they have an address, or where no Gateway has one yet", () => {
    expect(doorLines({ a: "shop.example.com/" }, ["doors.elb.amazonaws.com"])[0]).toMatch(/ shop\.example\.com\/$/);
    expect(doorLines({ a: "*/health" }, [])[0]).toMatch(/ \*\/health$/);
  });

  it("know each Gateway's address once, and none without the Gateway API", async () => {
    const items = [gateway("a.example.com"), gateway("a.example.com", "b.example.com"), { metadata: { name: "new" } }];
    expect(await gatewayAddresses({ list: async () => ({ items, metadata: {} }) })).toEqual([
      "a.example.com",
      "b.example.com",
    ]);
    expect(await gatewayAddresses({ list: async () => undefined })).toEqual([]);
  });
});
