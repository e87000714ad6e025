import { Readable } from "node:stream";
import { parse } from "csv-parse";
import type { Price } from "../../commands/review/prices/price";
import { hasUsage, products } from "./products";

/** Where AWS publishes its price list. */
export const priceListAddress = "https://pricing.us-east-1.amazonaws.com";

/** Lines before the one that names the columns. */
const linesAbout = 5;

/**
 * Prices of a service in a region, from a file of the price list in CSV: it is read as it comes, for that of Amazon EC2
 * is hundreds of megabytes long.
 *
 * Source: AWS Billing user guide, "Reading the service price list file for an AWS service".
 *
 * @param region undefined for what costs the same in all of them
 * @throws Error where the list cannot be fetched, or is of another form
 */
export async function pricesOf(
  service: string,
  region: string | undefined,
  address: string,
): Promise<readonly Price[]> {
  const source = `${address}/offers/v1.0/aws/${service}/current/${region === undefined ? "" : `${region}/`}index.csv`;
  const response = await fetch(source);
  if (!response.ok || response.body === null) throw new Error(`${source} answers ${response.status}`);
  const rows = Readable.fromWeb(response.body).pipe(parse({ from_line: 1, relax_column_count: true }));
  const wanted = products.filter(
    (product) => product.service === service && (product.everywhere === true) === (region === undefined),
  );
  const found: Price[] = [];
  let published: string | undefined;
  let columns: readonly string[] | undefined;
  let line = 0;
  for await (const cells of rows as AsyncIterable<readonly string[]>) {
    line += 1;
    if (cells[0] === "Publication Date") published = cells[1]?.slice(0, 10);
    if (line === linesAbout + 1) columns = cells;
    if (columns === undefined || line <= linesAbout + 1) continue;
    const cell = cellOf(columns, cells);
    const price = priceIn(cell, region);
    if (price === undefined || published === undefined) continue;
    const product = wanted.find(
      (one) => hasUsage(one, cell("usageType")) && (one.operation ?? cell("operation")) === cell("operation"),
    );
    const node = service === "AmazonEC2" ? nodeOf(cell) : undefined;
    if (product !== undefined) found.push({ what: product.what, ...price, per: product.per, source, asOf: published });
    else if (node !== undefined) found.push({ what: node, ...price, per: "hour", source, asOf: published });
  }
  if (columns === undefined || published === undefined || !columns.includes("PricePerUnit")) {
    throw new Error(`${source} is no price list in CSV as AWS describes it`);
  }
  const missing = wanted.filter(({ what }) => !found.some((row) => row.what === what));
  if (missing.length > 0) throw new Error(`${source} has no price of ${missing.map(({ what }) => what).join(", ")}`);
  return firstOfEach(found);
}

type Cell = (column: string) => string;

/** A cell by its column's name, in whichever case. */
function cellOf(columns: readonly string[], cells: readonly string[]): Cell {
  return (name) => cells[columns.findIndex((column) => column.toLowerCase() === name.toLowerCase())] ?? "";
}

/** What is paid on demand from the first piece on. */
function priceIn(cell: Cell, region: string | undefined): Pick<Price, "region" | "usd"> | undefined {
  if (cell("TermType") !== "OnDemand" || cell("Currency") !== "USD") return undefined;
  if (!["", "0"].includes(cell("StartingRange"))) return undefined;
  const usd = Number(cell("PricePerUnit"));
  return Number.isFinite(usd) && usd > 0 ? { region: region ?? "aws", usd } : undefined;
}

/** A machine of one's own account that runs Linux without anything that is paid beside it. */
function nodeOf(cell: Cell): string | undefined {
  const plain =
    cell("Operating System") === "Linux" &&
    cell("Tenancy") === "Shared" &&
    cell("Pre Installed S/W") === "NA" &&
    cell("CapacityStatus") === "Used" &&
    cell("operation") === "RunInstances";
  return plain && cell("Instance Type") !== "" ? `node ${cell("Instance Type")}` : undefined;
}

function firstOfEach(prices: readonly Price[]): readonly Price[] {
  return [...new Map([...prices].reverse().map((price) => [price.what, price])).values()].reverse();
}
