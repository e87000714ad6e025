import { describe, expect, it } from "vitest";
import { effectiveConfiguration } from "../../platform/effective";
import { readableEnvironments } from "../../platform/load";
import { dev, today, workload } from "./fixtures";

function effective(value: unknown): unknown {
  const [only] = readableEnvironments([{ file: "environments/dev.ts", name: "dev", value }], today).environments;
  return only === undefined ? undefined : JSON.parse(JSON.stringify(effectiveConfiguration(only)));
}

describe("the effective configuration", () => {
  it("of the least there can be has every default, and a change of one shows here", async () => {
    const least = { name: "dev", aws: { region: "us-west-2", accountId: "123456789012" } };
    await expect(`${JSON.stringify(effective(least), null, 2)}\n`).toMatchFileSnapshot("defaults/environment.snap");
  });

  it("of a workload has what follows from its name", async () => {
    const { workloads } = Object(
      effective(workload({ aws: { kind: "role" }, routes: [{ kind: "alb" }, { kind: "nlb" }] })),
    );
    await expect(`${JSON.stringify(workloads, null, 2)}\n`).toMatchFileSnapshot("defaults/workload.snap");
  });

  it("of nodes has instance types that fit their image", () => {
    const arm = { ...dev.cluster, nodeGroups: { general: { amiType: "BOTTLEROCKET_ARM_64" } } };
    expect(effective({ ...dev, cluster: arm })).toMatchObject({
      cluster: { nodeGroups: { general: { instanceTypes: ["m7g.large"] } } },
    });
    expect(effective(dev)).toMatchObject({ cluster: { nodeGroups: { general: { instanceTypes: ["m7i.large"] } } } });
  });

  it("has the metrics server where a workload has an autoscaler, unless the environment says otherwise", () => {
    const autoscaler = { min: 2, max: 4 };
    const metricsServer = (addons: Record<string, unknown>, own: Record<string, unknown>) =>
      Object(effective(workload(own, { cluster: { ...dev.cluster, addons } }))).cluster.addons["metrics-server"];
    const on = { version: "default", configuration: {} };
    expect(metricsServer({}, { autoscaler })).toEqual(on);
    expect(metricsServer({}, {})).toBe("off");
    expect(metricsServer({ "metrics-server": "off" }, { autoscaler })).toBe("off");
    expect(metricsServer({ "metrics-server": {} }, {})).toEqual(on);
  });

  it("of a state in S3 has the bucket's region", () => {
    expect(effective({ ...dev, state: { kind: "s3", bucket: "example-terraform-state" } })).toMatchObject({
      state: { region: "us-west-2", useLockfile: true },
    });
  });
});
