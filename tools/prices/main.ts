import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Price } from "../../commands/review/prices/price";
import { priceTable } from "../../commands/review/prices/price-table";
import { format } from "../gen/format";
import { priceListAddress, pricesOf } from "./price-list";
import { products } from "./products";
import { tableText } from "./table";

/**
 * Writes the table of prices anew: `npm run prices -- eu-west-1 m7g.large`, regions and types of instances in any order.
 * Of instances only those that are named are kept, for there are hundreds.
 */
async function main(): Promise<void> {
  const named = process.argv.slice(2);
  const regions = named.filter((one) => /^[a-z]{2}(-[a-z]+)+-\d$/.test(one));
  const types = named.filter((one) => /^[a-z][a-z0-9-]*\.[a-z0-9-]+$/.test(one));
  const other = named.find((one) => !regions.includes(one) && !types.includes(one));
  if (regions.length === 0 || other !== undefined) {
    throw new Error(`${other ?? "nothing"} is no region; call it as npm run prices -- eu-west-1 m7g.large`);
  }
  const found: Price[] = [];
  for (const service of new Set(products.map((product) => product.service))) {
    const everywhere = products.some((product) => product.service === service && product.everywhere === true);
    for (const region of everywhere ? [undefined] : regions) {
      const prices = await pricesOf(service, region, process.env["FOUNDRY_PRICE_LIST"] ?? priceListAddress);
      found.push(...prices.filter(({ what }) => !what.startsWith("node ") || types.includes(what.slice(5))));
    }
  }
  const target = "commands/review/prices/price-table.ts";
  for (const [file, text] of format(new Map([[target, tableText(priceTable, found)]]))) {
    writeFileSync(join(__dirname, "..", "..", file), text);
  }
  process.stdout.write(`${found.length} rows of ${target} are as AWS's price list has them\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`npm run prices: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
