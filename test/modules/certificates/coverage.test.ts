import { describe, expect, it } from "vitest";
import { covers, validatedName } from "../../../modules/certificates/coverage";
import { hstsHeader } from "../../../modules/certificates/hsts";

describe("a certificate covers", () => {
  it.each([
    ["a host that it names", ["shop.example.com"], "shop.example.com"],
    ["a host one label below its wildcard", ["*.example.com"], "shop.example.com"],
    ["a wildcard that it names", ["*.example.com"], "*.example.com"],
    ["a host that it names second", ["example.com", "shop.example.com"], "shop.example.com"],
  ])("%s", (_what, hosts, host) => {
    expect(covers(hosts, host)).toBe(true);
  });

  it.each([
    ["not what stands behind the dot of its wildcard", ["*.example.com"], "example.com"],
    ["not a host two labels below its wildcard", ["*.example.com"], "api.shop.example.com"],
    ["not every host where it names one", ["shop.example.com"], "*.example.com"],
    ["not a host below one that it names", ["example.com"], "shop.example.com"],
    ["not a host whose name only ends alike", ["*.example.com"], "shop.myexample.com"],
  ])("%s", (_what, hosts, host) => {
    expect(covers(hosts, host)).toBe(false);
  });
});

describe("the record that validates a host", () => {
  it("is for a wildcard that of what stands behind its dot", () => {
    expect(validatedName("*.example.com")).toBe("example.com");
    expect(validatedName("shop.example.com")).toBe("shop.example.com");
  });
});

describe("Strict-Transport-Security", () => {
  it("says how long, and the rest where it is chosen", () => {
    expect(hstsHeader({ maxAgeSeconds: 60, includeSubDomains: false, preload: false })).toBe("max-age=60");
    expect(hstsHeader({ maxAgeSeconds: 60, includeSubDomains: true, preload: true })).toBe(
      "max-age=60; includeSubDomains; preload",
    );
  });
});
