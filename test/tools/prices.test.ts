import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Landscape } from "../../commands/doors/landscape";
import { billLines } from "../../commands/review/bill";
import { priceOf } from "../../commands/review/prices/price";
import { priceTable } from "../../commands/review/prices/price-table";
import { saysBill, saysTotal } from "../../commands/review/says";
import { pricesOf } from "../../tools/prices/price-list";
import { tableText } from "../../tools/prices/table";
import { stacksOf, today } from "../support/environments";

const columns = [
  "SKU",
  "OfferTermCode",
  "RateCode",
  "TermType",
  "PriceDescription",
  "EffectiveDate",
  "StartingRange",
  "EndingRange",
  "Unit",
  "PricePerUnit",
  "Currency",
  "usageType",
  "operation",
  "Instance Type",
  "Operating System",
  "Tenancy",
  "Pre Installed S/W",
  "CapacityStatus",
] as const;

type Row = Partial<Record<(typeof columns)[number], string>>;

/** A file as AWS's guide describes it: five lines about it, the names of the columns, a line a price. */
function file(rows: readonly Row[]): string {
  const line = (cells: readonly string[]) => cells.map((cell) => `"${cell}"`).join(",");
  const given = { TermType: "OnDemand", Currency: "USD", Unit: "Hrs", StartingRange: "0", EndingRange: "Inf" };
  return [
    line(["FormatVersion", "v1.0"]),
    line(["Disclaimer", "This pricing list is for informational purposes only, and of no more."]),
    line(["Publication Date", "2026-11-30T21:00:05Z"]),
    line(["Version", "20261130210005"]),
    line(["OfferCode", "Any"]),
    line(columns),
    ...rows.map((row) => line(columns.map((column) => ({ ...given, ...row })[column] ?? ""))),
  ].join("\n");
}

const machine = {
  operation: "RunInstances",
  "Instance Type": "m7g.large",
  "Operating System": "Linux",
  Tenancy: "Shared",
  "Pre Installed S/W": "NA",
  CapacityStatus: "Used",
};

const files: Readonly<Record<string, string>> = {
  "/offers/v1.0/aws/AmazonEC2/current/eu-west-1/index.csv": file([
    { usageType: "EU-RegionalNatGateway-Hours", PricePerUnit: "0.0990000000" },
    { usageType: "EU-NatGateway-Hours", PricePerUnit: "0.0480000000", PriceDescription: 'per ""hour"", and part' },
    { usageType: "EU-NatGateway-Bytes", PricePerUnit: "0.0470000000" },
    { ...machine, usageType: "EU-BoxUsage:m7g.large", TermType: "Reserved", PricePerUnit: "0.0100000000" },
    { ...machine, usageType: "EU-UnusedBox:m7g.large", CapacityStatus: "UnusedCapacityReservation", PricePerUnit: "9" },
    { ...machine, usageType: "EU-BoxUsage:m7g.large", "Operating System": "Windows", PricePerUnit: "0.2000000000" },
    { ...machine, usageType: "EU-BoxUsage:m7g.large", PricePerUnit: "0.0911000000" },
  ]),
  "/offers/v1.0/aws/AWSELB/current/eu-west-1/index.csv": file([
    { usageType: "EU-LoadBalancerUsage", operation: "LoadBalancing", PricePerUnit: "0.0280000000" },
    { usageType: "EU-LoadBalancerUsage", operation: "LoadBalancing:Network", PricePerUnit: "0.0250000000" },
    { usageType: "EU-LoadBalancerUsage", operation: "LoadBalancing:Application", PricePerUnit: "0.0260000000" },
  ]),
  "/offers/v1.0/aws/AmazonRoute53/current/index.csv": file([
    { usageType: "HostedZone", Unit: "HostedZones", EndingRange: "25", PricePerUnit: "0.5000000000" },
    { usageType: "HostedZone", Unit: "HostedZones", StartingRange: "25", PricePerUnit: "0.1000000000" },
  ]),
  "/offers/v1.0/aws/AmazonEKS/current/eu-west-1/index.csv": file([{ usageType: "EU-Other", PricePerUnit: "1" }]),
  "/offers/v1.0/aws/AmazonVPC/current/eu-west-1/index.csv": "<html>no list</html>",
};

let server: Server;
let address: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    const text = files[request.url ?? ""];
    response.statusCode = text === undefined ? 404 : 200;
    response.end(text);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => server.close());

describe("AWS's price list", () => {
  const told = async (service: string, region?: string) =>
    (await pricesOf(service, region, address)).map(({ what, usd, per, region: where, asOf }) => [
      what,
      usd,
      per,
      where,
      asOf,
    ]);

  it("gives on-demand prices of what is billed, and of Linux machines", async () => {
    expect(await told("AmazonEC2", "eu-west-1")).toEqual([
      ["NAT gateway", 0.048, "hour", "eu-west-1", "2026-11-30"],
      ["node m7g.large", 0.0911, "hour", "eu-west-1", "2026-11-30"],
    ]);
  });

  it("tells load balancers apart by their operation", async () => {
    expect(await told("AWSELB", "eu-west-1")).toEqual([
      ["NLB", 0.025, "hour", "eu-west-1", "2026-11-30"],
      ["ALB", 0.026, "hour", "eu-west-1", "2026-11-30"],
    ]);
  });

  it("gives the first step of a price with several", async () => {
    expect(await told("AmazonRoute53")).toEqual([["hosted zone", 0.5, "month", "aws", "2026-11-30"]]);
  });

  it("names the file as the source of each row", async () => {
    const [row] = await pricesOf("AWSELB", "eu-west-1", address);
    expect(row?.source).toBe(`${address}/offers/v1.0/aws/AWSELB/current/eu-west-1/index.csv`);
  });

  it.each([
    ["AmazonEC2", "mars-north-1", "answers 404"],
    ["AmazonVPC", "eu-west-1", "is no price list in CSV as AWS describes it"],
    ["AmazonEKS", "eu-west-1", "has no price of EKS control plane"],
  ])("of %s in %s is refused: it %s", async (service, region, says) => {
    await expect(pricesOf(service, region, address)).rejects.toThrow(says);
  });
});

describe("the table of prices", () => {
  it("has a day and an address for each row, and each row once", () => {
    for (const { usd, source, asOf } of priceTable) {
      expect(usd).toBeGreaterThan(0);
      expect(source).toMatch(/^https:\/\//);
      expect(asOf).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    }
    expect(new Set(priceTable.map(({ what, region }) => `${what} ${region}`)).size).toBe(priceTable.length);
  });

  it("keeps what was not looked up, and takes what was", () => {
    const row = { region: "eu-west-1", per: "hour", source: "https://example.com", asOf: "2026-11-30" } as const;
    const text = tableText(
      [
        { what: "NLB", usd: 1, ...row },
        { what: "ALB", usd: 1, ...row },
      ],
      [{ what: "NLB", usd: 2, ...row }],
    );
    expect(text).toContain('{"what":"ALB","usd":1,');
    expect(text).toContain('{"what":"NLB","usd":2,');
    expect(text).not.toContain('{"what":"NLB","usd":1,');
  });

  it("goes for its region before all of AWS, and for China and GovCloud not at all", () => {
    const row = { what: "ALB", per: "hour", source: "https://example.com", asOf: "2026-11-30" } as const;
    const table = [
      { ...row, region: "aws", usd: 1 },
      { ...row, region: "eu-west-1", usd: 2 },
      { ...row, region: "cn-north-1", usd: 3 },
    ];
    const usd = (region: string | undefined) => priceOf(table, "ALB", region)?.usd;
    expect(["eu-west-1", "eu-west-2", "cn-north-1", "cn-northwest-1", "us-gov-west-1", undefined].map(usd)).toEqual([
      2,
      1,
      3,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe("a bill", () => {
  const prod = new Landscape({ name: "prod", stacks: stacksOf("prod") });
  const row = { region: "aws", source: "https://example.com/prices", asOf: "2026-11-30" } as const;
  const table = [
    { what: "NAT gateway", usd: 0.05, per: "hour", ...row },
    { what: "hosted zone", usd: 0.5, per: "month", ...row },
    { what: "ALB", usd: 0.02, per: "hour", ...row },
  ] as const;

  it("says what one costs, since when and by whom", () => {
    const line = billLines(undefined, prod, today, table).find(({ what }) => what === "NAT gateway");
    expect(line && saysBill(line)).toBe(
      "NAT gateway: 0 -> 3 (0.05 USD an hour each, as of 2026-11-30 by https://example.com/prices)",
    );
  });

  it("adds up what has a price, and says of how much it has none", () => {
    const lines = billLines(undefined, prod, today, table);
    const priced = lines.filter(({ price }) => price !== undefined);
    expect(priced.map(({ what }) => what)).toEqual(["ALB of an Ingress", "NAT gateway"]);
    expect(saysTotal(lines)).toEqual([
      "by time alone, of what has a price: 0.00 -> 124.10 USD a month",
      `${lines.length - 2} of ${lines.length} have no price with a source; npm run prices looks them up`,
    ]);
  });

  it("calls a control plane by the support that its version is in", () => {
    const named = (day: string) =>
      billLines(undefined, prod, day, [])
        .map(({ what }) => what)
        .find((what) => /^EKS control/.test(what));
    expect(named(today)).toMatch(/^EKS control plane, /);
    expect(named("2029-01-01")).toBe("EKS control plane in extended support");
  });
});
