import { describe, expect, it } from "vitest";
import { traceOf } from "../../../commands/doors/trace";
import { editable } from "../../support/change-stacks";
import { stacksOf } from "../../support/environments";

describe("an HTTP API that calls a host of the internet", () => {
  const { ways } = traceOf({ name: "doors-apis", stacks: editable(stacksOf("doors-apis")) });
  const calling = ways.filter(({ id }) => id.startsWith("api-gateway/http-"));

  it("is followed to that host, and lacks no VPC link", () => {
    expect(calling.length).toBeGreaterThan(10);
    for (const { hops, findings } of calling) {
      expect(hops.at(-1)?.says).toBe("calls https://origin.example.com/shop over the internet");
      expect(findings.map(({ hole }) => hole).filter((hole) => hole !== "anyone-may-call")).toEqual([]);
    }
  });
});
