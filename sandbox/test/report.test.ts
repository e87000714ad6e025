import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { emptyReport, readReport, type SandboxReport, writeReport } from "../src/report";
import { temporaryFolder } from "./fixtures";

const report: SandboxReport = {
  removedWebhooks: [{ kind: "MutatingWebhookConfiguration", name: "cert-manager", services: ["cert-manager/webhook"] }],
  writtenAddresses: [
    { kind: "Service", namespace: "edge", name: "door", hostname: "door.elb.amazonaws.com", balanced: true },
  ],
  controllers: [{ program: "external-dns", deployment: "external-dns/external-dns", state: "running" }],
  certificates: ["kube-system/webhook"],
  callers: [],
  refused: [],
  faults: ["the API server closed a watch"],
};

describe("a sandbox's report", () => {
  it("is read as it was written, and the last one counts", () => {
    const file = join(temporaryFolder(), "report.json");
    writeReport(file, emptyReport);
    writeReport(file, report);
    expect(readReport(file)).toEqual(report);
  });

  it("is empty before anything was reported", () => {
    expect(readReport(join(temporaryFolder(), "report.json"))).toEqual(emptyReport);
  });

  it("leaves no unfinished file behind", () => {
    const folder = temporaryFolder();
    writeReport(join(folder, "report.json"), report);
    expect(readdirSync(folder)).toEqual(["report.json"]);
  });

  it("of another shape is an error that names the field", () => {
    const file = join(temporaryFolder(), "report.json");
    writeFileSync(file, JSON.stringify({ ...report, faults: undefined }));
    expect(() => readReport(file)).toThrow("faults");
  });
});
