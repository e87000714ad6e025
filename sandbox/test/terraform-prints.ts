/** Messages as Terraform prints them with `-json`, one to a line. */
export const lines = (...messages: readonly object[]) =>
  messages.map((message) => `${JSON.stringify(message)}\n`).join("");

/** A command of a shell that prints a message. */
export const printed = (message: object) => `echo '${JSON.stringify(message)}'`;

export function diagnostic(
  severity: "error" | "warning",
  summary: string,
  detail: string = "",
  address?: string,
): object {
  return {
    "@level": severity,
    "@message": `${severity === "error" ? "Error" : "Warning"}: ${summary}`,
    "@module": "terraform.ui",
    diagnostic: { severity, summary, detail, ...(address === undefined ? {} : { address }) },
    type: "diagnostic",
  };
}

export const changed = (operation: string, changes: object) => ({
  "@message": `${operation} complete`,
  changes: { add: 0, change: 0, import: 0, remove: 0, ...changes, operation },
  type: "change_summary",
});
