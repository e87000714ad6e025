/** JSON text inside JSON, as policies and Helm values are, opened so that a difference shows line by line. */
function open(value: unknown): unknown {
  if (typeof value === "string" && /^[[{]/.test(value)) {
    try {
      return { "(JSON text)": open(JSON.parse(value)) };
    } catch {
      return value;
    }
  }
  if (Array.isArray(value)) return value.map(open);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, open(child)]));
}

/** A synthesized stack for a reader: without cdktf's own notes, with JSON text opened. */
export function readable(json: string): string {
  const withoutNotes = JSON.parse(json, (key, value) => (key === "//" ? undefined : value));
  return `${JSON.stringify(open(withoutNotes), null, 2)}\n`;
}
