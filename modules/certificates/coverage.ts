/** What stands before the first dot, and what behind it. */
function split(host: string): readonly [label: string, parent: string] {
  const dot = host.indexOf(".");
  return [host.slice(0, dot), host.slice(dot + 1)];
}

/**
 * Whether a certificate of some hosts is one of another: named itself, or by a `*` in the place of its first label.
 * Source: RFC 6125, section 6.4.3.
 */
export function covers(hosts: readonly string[], host: string): boolean {
  if (hosts.includes(host)) return true;
  const [label, parent] = split(host);
  return label !== "*" && hosts.includes(`*.${parent}`);
}

/** The name that a validation record of a host is of: a wildcard has the record of what stands behind its dot. */
export function validatedName(host: string): string {
  return host.replace(/^\*\./, "");
}
