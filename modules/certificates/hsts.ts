import { z } from "zod";
import { described } from "../schema/descriptions";

/**
 * Strict-Transport-Security of a door. Source: RFC 6797.
 */
export const hsts = described(
  "Has browsers come by HTTPS alone from their first visit on, by the header Strict-Transport-Security. They hold to it even " +
    "where the host goes back to HTTP, so it is a choice. Default: no such header.",
  z.strictObject({
    maxAgeSeconds: described(
      "How long browsers hold to it, in seconds; the default is a year.",
      z.number().int().min(1).default(31_536_000),
    ),
    includeSubDomains: described("Whether it goes for every host below as well.", z.boolean().default(false)),
    preload: described(
      "Whether browsers may have the host in the lists they come with, which takes months to undo.",
      z.boolean().default(false),
    ),
  }),
);

export type Hsts = z.output<typeof hsts>;

/** The header's value. */
export function hstsHeader({ maxAgeSeconds, includeSubDomains, preload }: Hsts): string {
  return [
    `max-age=${maxAgeSeconds}`,
    ...(includeSubDomains ? ["includeSubDomains"] : []),
    ...(preload ? ["preload"] : []),
  ].join("; ");
}
