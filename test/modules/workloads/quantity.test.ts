import { expect, test } from "vitest";
import { bytes, cores } from "../../../modules/workloads/quantity";

test.each([
  ["250m", 0.25],
  ["0.5", 0.5],
  ["2", 2],
])("CPU %s is %d cores", (quantity, expected) => {
  expect(cores(quantity)).toBe(expected);
});

test.each([
  ["512", 512],
  ["1k", 1000],
  ["1Ki", 1024],
  ["3M", 3_000_000],
  ["2Mi", 2_097_152],
  ["1G", 1_000_000_000],
  ["1Gi", 1_073_741_824],
  ["1T", 1_000_000_000_000],
  ["1Ti", 1_099_511_627_776],
])("memory %s is %d bytes", (quantity, expected) => {
  expect(bytes(quantity)).toBe(expected);
});
