/** Whether a version comes before another; what stands behind a hyphen counts for nothing. */
export function olderThan(version: string, floor: string): boolean {
  const [one = "", other = ""] = [version, floor].map((text) => text.replace(/-.*$/, ""));
  return one.localeCompare(other, "en", { numeric: true }) < 0;
}
