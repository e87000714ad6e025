import { describe, expect, it } from "vitest";
import type { ChosenChart } from "../src/charts/sources";
import { duration, outcomeText, reportLines, summaryLine } from "../src/print";
import { emptyReport } from "../src/report";
import type { Outcome } from "../src/stack-runs";
import { stackOf } from "./fixtures";

const chosen = (chart: string, kind: ChosenChart["source"]["kind"]): ChosenChart => ({
  release: { stack: stackOf("dev-controllers"), address: "release", chart, version: "1.2.3", repository: "" },
  source: { kind },
});

const result = (stack: string, outcome: Outcome) => ({ stack, outcome, seconds: 1 });

describe("the summary's last line", () => {
  it("counts stacks by outcome", () => {
    const line = summaryLine([
      result("dev-cluster", { kind: "passed", detail: "50 added" }),
      result("dev-identity", { kind: "passed", detail: "3 added" }),
      result("dev-controllers", { kind: "failed", reason: "Error: no" }),
    ]);
    expect(line).toBe("2 passed, 1 failed, 0 not run");
  });

  it("names what was not run, each with its reason", () => {
    const line = summaryLine([
      result("dev-controllers", { kind: "not run", reason: "plugin hashicorp/helm cannot be had: no such host" }),
      result("dev-apps", { kind: "not run", reason: "needs dev-controllers" }),
    ]);
    expect(line).toBe(
      "0 passed, 0 failed, 2 not run: dev-controllers (plugin hashicorp/helm cannot be had: no such host); " +
        "dev-apps (needs dev-controllers)",
    );
  });
});

describe("what is printed of an outcome", () => {
  it("is what a run that passed did, and why one was not run", () => {
    expect(outcomeText({ kind: "passed", detail: "50 added" })).toBe("50 added");
    expect(outcomeText({ kind: "not run", reason: "interrupted" })).toBe("not run: interrupted");
  });

  it("is every line of a failure, indented, without blanks at a line's end", () => {
    expect(outcomeText({ kind: "failed", reason: "Error: no\n\n  on cdk.tf.json" })).toBe(
      "FAILED\n    Error: no\n\n      on cdk.tf.json",
    );
  });
});

describe("a duration", () => {
  it.each([
    [0.2, "0 s"],
    [59.4, "59 s"],
    [59.6, "1 m 0 s"],
    [92, "1 m 32 s"],
    [3725, "62 m 5 s"],
  ])("of %s seconds is %s", (seconds, text) => {
    expect(duration(seconds)).toBe(text);
  });
});

describe("the lines of a report", () => {
  it("tell real charts, from wherever they came, from stand-ins", () => {
    const charts = [
      chosen("cert-manager", "folder"),
      chosen("external-dns", "address"),
      chosen("emissary-ingress", "stand-in"),
    ];
    expect(reportLines(emptyReport, charts)).toEqual([
      "real charts:",
      "  cert-manager-1.2.3",
      "  external-dns-1.2.3",
      "stand-ins for charts:",
      "  emissary-ingress-1.2.3",
    ]);
  });

  it("hold nothing of what there was none of", () => {
    expect(reportLines(emptyReport, [])).toEqual([]);
  });

  it("say which nodes run pods, and what of the doors is not played", () => {
    const traffic = {
      nodes: [{ name: "ip-10-0-0-5", state: "runs" }],
      images: ["registry.k8s.io/pause:3.10"],
      missingImages: ["example.com/own:1"],
      gaps: ["listener arn:udp: UDP is not forwarded"],
      assumedCertificates: ["arn:certificate"],
    };
    const lines = reportLines({ ...emptyReport, traffic }, []);
    expect(lines).toEqual([
      "nodes that run pods:",
      "  ip-10-0-0-5: runs",
      "images that nodes can pull:",
      "  registry.k8s.io/pause:3.10",
      "images that cannot be made here, so their pods are played:",
      "  example.com/own:1",
      "asked of load balancers and not forwarded:",
      "  listener arn:udp: UDP is not forwarded",
      "certificates that ACM does not have, signed for the hosts of their listeners:",
      "  arn:certificate",
    ]);
  });

  it("say everything that the sandbox did in the place of something else, and its own faults", () => {
    const lines = reportLines(
      {
        controllers: [{ program: "external-dns", deployment: "dns/external-dns", state: "ended with 1" }],
        certificates: ["kube-system/serving"],
        callers: [
          {
            principalArn: "arn:aws:iam::123456789012:role/dev-load-balancers",
            actions: ["ec2:DescribeVpcs", "ec2:CreateTags"],
            denied: ["ec2:CreateTags on *"],
            unneeded: ["ec2:DescribeSubnets"],
            needed: [{ statement: "ec2:DescribeVpcs", actions: ["ec2:DescribeVpcs"] }],
          },
        ],
        removedWebhooks: [{ kind: "ValidatingWebhookConfiguration", name: "mesh", services: ["mesh/a", "mesh/b"] }],
        writtenAddresses: [
          { kind: "Ingress", namespace: "shop", name: "door", hostname: "door.example.com", balanced: false },
          { kind: "Service", namespace: "edge", name: "nginx", hostname: "nginx.example.com", balanced: true },
        ],
        refused: ["10.0.0.1 calls the API server"],
        faults: ["a watch broke"],
      },
      [],
    );
    expect(lines).toContain("  external-dns as dns/external-dns: ended with 1");
    expect(lines).toContain("  kube-system/serving");
    expect(lines).toContain("  dev-load-balancers: 2 actions, denied: ec2:CreateTags on *");
    expect(lines).toContain("    no call needed the statement of ec2:DescribeSubnets");
    expect(lines).toContain("  10.0.0.1 calls the API server");
    expect(lines).toContain("  ValidatingWebhookConfiguration mesh (mesh/a, mesh/b)");
    const below = (title: string) => lines[lines.indexOf(`${title}:`) + 1];
    expect(below("load balancers that stand in, with nothing behind them")).toBe(
      "  Service edge/nginx: nginx.example.com",
    );
    expect(below("addresses written without a load balancer behind them")).toBe(
      "  Ingress shop/door: door.example.com",
    );
    expect(lines.slice(-2)).toEqual(["faults of the sandbox itself:", "  a watch broke"]);
  });
});
