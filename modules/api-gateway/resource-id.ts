import { httpMethods } from "./route-schema";

/** Segments that would read like a word that addresses have for something else. */
const reserved: readonly string[] = ["proxy", "root", ...httpMethods];

/**
 * A resource's path as a part of a Terraform address: `/api/book/{proxy+}` becomes `api_book_proxy`, the root `root`.
 * What an address cannot hold, and the first letter of a segment that is a word of addresses, is written in
 * hexadecimal.
 */
export function resourceId(path: string): string {
  const parts = path.split("/").filter((part) => part !== "");
  return parts.length === 0 ? "root" : parts.map(partId).join("_");
}

function partId(part: string): string {
  if (part === "{proxy+}") return "proxy";
  const unfit = reserved.includes(part) ? /^./ : /[^A-Za-z0-9-]/g;
  return part.replace(unfit, (character) => `_x${character.charCodeAt(0).toString(16)}`);
}
