/** Something wrong in an environment, in the four parts that a reader needs. */
export interface Problem {
  /** Path of the field, such as `cluster.endpoint.cidrs[0]`. */
  readonly path: string;
  /** What stands there, or what is missing. */
  readonly value: unknown;
  /** Why that cannot work. */
  readonly rule: string;
  /** What to write instead. */
  readonly remedy: string;
}

/** A problem and the file it is in, such as `environments/prod.ts`. */
export interface FileProblem {
  readonly file: string;
  readonly problem: Problem;
}

/** Every problem of every environment, in one error; its message is what synth prints. */
export class EnvironmentError extends Error {
  constructor(readonly problems: readonly FileProblem[]) {
    super(problems.map(({ file, problem }) => formatProblem(file, problem)).join("\n\n"));
    this.name = "EnvironmentError";
  }
}

const identifier = /^[A-Za-z_$][\w$]*$/;

/** A key and its place in the file, as one would write it in TypeScript. */
export function formatPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === "number") return `${text}[${part}]`;
    const key = String(part);
    if (!identifier.test(key)) return `${text}[${quoted(key)}]`;
    return text === "" ? key : `${text}.${key}`;
  }, "");
}

/** In the place of a value that no log may keep. */
export const notShown = Symbol("not shown");

/** A value as one would write it in TypeScript, on one line. */
export function formatValue(value: unknown): string {
  if (value === notShown) return "not shown: its name speaks of a secret, and what synth prints is kept";
  if (value === undefined) return "nothing";
  if (typeof value === "function") return "a function";
  if (Array.isArray(value)) return `[${value.map(formatValue).join(", ")}]`;
  if (typeof value !== "object" || value === null) return typeof value === "string" ? quoted(value) : String(value);
  const fields = Object.entries(value).map(([key, field]) => formatField(key, field));
  return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
}

/** On one line, also where a text has line breaks that JSON leaves as they are. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\u2028\u2029\u0085]/g,
    (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** A key with its value, as one would write it in TypeScript. */
export function formatField(key: string, value: unknown): string {
  return `${identifier.test(key) ? key : quoted(key)}: ${formatValue(value)}`;
}

/** Rules and remedies come as parts of a sentence or as whole ones; a reader gets sentences. */
function sentence(text: string): string {
  // A path at the beginning stays as it is written in the file.
  const whole = text.replace(/^[a-z](?=[a-z']*[\s,;:])/, (letter) => letter.toUpperCase());
  return /[.?!…]$/.test(whole) ? whole : `${whole}.`;
}

const widest = 120;

/** A problem as four short lines. */
export function formatProblem(file: string, problem: Problem): string {
  const value = formatValue(problem.value);
  return [
    `${file}: ${problem.path || "the whole file"}`,
    `  is:   ${value.length > widest ? `${value.slice(0, widest - 3)}...` : value}`,
    `  why:  ${sentence(problem.rule)}`,
    `  do:   ${sentence(problem.remedy)}`,
  ].join("\n");
}
