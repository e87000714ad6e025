import { describe, expect, it } from "vitest";
import { waiverOf } from "../../../modules/policies/waived";

const reason = "Agreed with the auditors on 2026-11-02.";
const waivers = {
  "logs-customer-key": { resources: ["cluster: aws_cloudwatch_log_group.network_*"], reason, until: "2026-11-21" },
  "flow-logs": { resources: ["*"], reason, until: "2027-01-01" },
};
const group = "cluster: aws_cloudwatch_log_group.network_flow_logs_group";

describe("a waiver", () => {
  it.each([
    ["goes for what its pattern matches", "logs-customer-key", group, "2026-11-21", true],
    [
      "goes for nothing else",
      "logs-customer-key",
      "cluster: aws_cloudwatch_log_group.cluster_logs",
      "2026-11-21",
      false,
    ],
    ["takes a dot for a dot", "logs-customer-key", group.replace(".", "-"), "2026-11-21", false],
    ["goes for its own policy alone", "logs-kept-a-year", group, "2026-11-21", false],
    ["does not count from the day after its last on", "logs-customer-key", group, "2026-11-22", false],
    ["goes for everything where it names nothing", "flow-logs", "cluster: aws_vpc.network", "2026-11-21", true],
    ["is not found by what every object has", "constructor", group, "2026-11-21", false],
  ])("%s", (_rule, policy, place, today, waives) => {
    expect(waiverOf(waivers, policy, place, today) !== undefined).toBe(waives);
  });
});
