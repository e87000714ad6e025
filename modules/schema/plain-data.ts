import { formatPath, type Problem } from "./problem";

/** Names that every object of JavaScript has, so that a look-up by one of them finds what nobody wrote. */
export const inherited: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

/** Deeper than any option, and far from where a walk would run out of stack. */
const deepest = 100;

type Fault = Pick<Problem, "rule" | "remedy">;

const circular: Fault = {
  rule: "it contains itself, and no file could hold what has no end",
  remedy: "write the values out, each in its own place",
};
const tooDeep: Fault = {
  rule: `it is nested more than ${deepest} levels deep`,
  remedy: "write it flatter",
};
const computed: Fault = {
  rule: "an environment is plain data, and this is code that runs when it is read",
  remedy: "write the value itself",
};
const keptByJavaScript: Fault = {
  rule: "every object of JavaScript has something of this name already",
  remedy: "write another name",
};

/**
 * What in an environment is no plain data: nothing that a schema could name, and a reason for whatever reads it to fail
 * where nobody expects it.
 */
export function plainDataProblems(value: unknown): readonly Problem[] {
  return problemsIn(value, [], []);
}

function problemsIn(value: unknown, path: readonly PropertyKey[], above: readonly object[]): readonly Problem[] {
  if (typeof value === "string") return textProblems(value, path);
  // Schemas have words for functions and the like.
  if (typeof value !== "object" || value === null) return [];
  if (above.includes(value)) return [problem(path, "itself", circular)];
  if (path.length > deepest) return [problem(path, "...", tooDeep)];
  const sort = sortOf(value);
  if (sort !== undefined) return [problem(path, sort, ofAnotherSort(sort))];
  return Object.entries(Object.getOwnPropertyDescriptors(value)).flatMap(([key, descriptor]) => {
    if (descriptor.enumerable !== true) return [];
    const here = [...path, Array.isArray(value) ? Number(key) : key];
    if (inherited.has(key)) return [problem(here, key, keptByJavaScript)];
    if (!("value" in descriptor)) return [problem(here, "a getter", computed)];
    return problemsIn(descriptor.value, here, [...above, value]);
  });
}

function problem(path: readonly PropertyKey[], value: unknown, fault: Fault): Problem {
  return { path: formatPath(path), value, ...fault };
}

/** How one calls an object that is neither a list nor made of braces; undefined for those. */
function sortOf(value: object): string | undefined {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null || Array.isArray(value)) return undefined;
  // An object of another realm, as of a test's sandbox, has an Object.prototype of its own.
  if (Object.getPrototypeOf(prototype) === null) return undefined;
  const name: unknown = Object(prototype).constructor?.name;
  return typeof name === "string" && name !== "" && name !== "Object" ? `a ${name}` : "an object with a prototype";
}

function ofAnotherSort(sort: string): Fault {
  return {
    rule: `${sort} is no plain data: its contents would be lost on the way to Terraform`,
    remedy:
      sort === "a Map"
        ? "write an object: `Object.fromEntries(map)` makes one of it"
        : sort === "a Set"
          ? "write a list: `[...set]` makes one of it"
          : "write text, a number, true or false, a list or an object in braces",
  };
}

/** What YAML refuses, and half a pair of UTF-16, which Terraform cannot write down. */
const unprintable = /(?![\t\n\r\u0085])\p{Cc}|\p{Cs}|[\ufffe\uffff]/u;

function textProblems(text: string, path: readonly PropertyKey[]): readonly Problem[] {
  const found = unprintable.exec(text)?.[0];
  if (found === undefined) return [];
  const code = found.charCodeAt(0).toString(16).padStart(4, "0");
  return [
    problem(path, text, {
      rule: `it holds the character U+${code.toUpperCase()}, which Terraform or Helm would drop, change or refuse`,
      remedy: "write it without; what has to hold such bytes comes from a Secret or from the image",
    }),
  ];
}

/**
 * The same data in objects that inherit nothing, so that a look-up by a name that nobody wrote finds nothing, whatever
 * the name.
 */
export function withoutInheritance<Value>(value: Value): Value {
  return bare(value) as Value;
}

function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  if (typeof value !== "object" || value === null) return value;
  const copy: Record<string, unknown> = Object.create(null);
  for (const [key, field] of Object.entries(value)) copy[key] = bare(field);
  return copy;
}
