import type { IsoDate } from "../../../modules/schema/iso-date";

/** What one piece costs by time alone; what passes it, and what is asked of it, comes on top. */
export interface Price {
  /** As the bill calls it, without what follows a comma. */
  readonly what: string;
  /** A region, or `aws`: every region of AWS but those of China and GovCloud. */
  readonly region: string;
  /** In US dollars, without taxes, discounts and free tiers. */
  readonly usd: number;
  readonly per: "hour" | "month";
  /** Where it stands. */
  readonly source: string;
  /** The day on which it stood there, or from which on it goes. */
  readonly asOf: IsoDate;
}

/** The row of a table for a region, that of the region itself before one for all of them. */
export function priceOf(table: readonly Price[], what: string, region: string | undefined): Price | undefined {
  if (region === undefined) return undefined;
  const rows = table.filter((row) => row.what === what);
  const everywhere = /^(cn|us-gov|us-iso|eusc)/.test(region) ? undefined : rows.find((row) => row.region === "aws");
  return rows.find((row) => row.region === region) ?? everywhere;
}
