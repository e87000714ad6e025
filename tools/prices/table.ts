import type { Price } from "../../commands/review/prices/price";

const key = ({ what, region }: Price) => `${what} ${region}`;

/** Source text of the table: rows that were found, and of the others those that it had. */
export function tableText(known: readonly Price[], found: readonly Price[]): string {
  const rows = new Map([...known, ...found].map((row) => [key(row), row]));
  const sorted = [...rows.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row);
  return [
    'import type { Price } from "./price";',
    "",
    "/**",
    " * What AWS asks, each row as its source had it on a day. `npm run prices` writes rows anew from AWS's price list, and",
    " * leaves those of other regions and of what it does not know.",
    " */",
    `export const priceTable: readonly Price[] = ${JSON.stringify(sorted)};`,
    "",
  ].join("\n");
}
