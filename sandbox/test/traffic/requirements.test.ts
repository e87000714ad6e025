import { describe, expect, it } from "vitest";
import { type Machine, reasonsAgainstTraffic } from "../../src/traffic/requirements";

const able: Machine = { platform: "linux", userId: 0, hasProgram: () => true, hasFile: () => true };

describe("pods run for real", () => {
  it("on Linux, as root, with every program there", () => {
    expect(reasonsAgainstTraffic(able)).toEqual([]);
  });

  it("nowhere else, whatever else is there", () => {
    expect(reasonsAgainstTraffic({ ...able, platform: "darwin" })).toEqual([expect.stringContaining("darwin")]);
  });

  it("for root alone", () => {
    expect(reasonsAgainstTraffic({ ...able, userId: 1000 })).toEqual([expect.stringContaining("root")]);
  });

  it("once the packages are installed that are named, each once", () => {
    const reasons = reasonsAgainstTraffic({
      ...able,
      hasProgram: (name) => !["nsenter", "unshare", "haproxy"].includes(name),
      hasFile: () => false,
    });
    expect(reasons).toEqual(["programs are missing: apt-get install util-linux haproxy containernetworking-plugins"]);
  });
});
