/**
 * An environment's text as Terraform must read it to give the same text back: `${` and `%{` open templates, and a
 * doubled first character closes them again. Keys stay as they are, since ids and look-ups go by them; a rule refuses
 * those that would need it.
 * Source: Terraform language, "Strings and Templates", escape sequences.
 */
export function escapeTemplates<Value>(value: Value): Value {
  return escaped(value) as Value;
}

function escaped(value: unknown): unknown {
  if (typeof value === "string") return value.replace(/[$%](?=\{)/g, "$&$&");
  if (Array.isArray(value)) return value.map(escaped);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, escaped(field)]));
}
