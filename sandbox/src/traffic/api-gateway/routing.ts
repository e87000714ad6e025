/** What stands in a path's template: text, `{name}` for one part, `{name+}` for all the rest. */
interface Part {
  readonly name: string;
  readonly kind: "text" | "one" | "rest";
}

export interface Match {
  /** Values of the template's names. */
  readonly parameters: Readonly<Record<string, string>>;
}

function partsOf(template: string): readonly Part[] {
  return split(template).map((text) => {
    const [, name, rest] = /^\{([^+}]+)(\+)?\}$/.exec(text) ?? [];
    return name === undefined
      ? { name: text, kind: "text" }
      : { name, kind: rest === undefined ? ("one" as const) : ("rest" as const) };
  });
}

const split = (path: string) => path.split("/").filter((part) => part !== "");

/** Whether a path fits a template; undefined where it does not. */
export function matchPath(template: string, path: string): Match | undefined {
  const wanted = partsOf(template);
  const given = split(path);
  const parameters: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index];
    if (value === undefined) {
      return undefined;
    }
    if (part.kind === "rest") {
      return { parameters: { ...parameters, [part.name]: given.slice(index).join("/") } };
    }
    if (part.kind === "text" && part.name !== value) {
      return undefined;
    }
    if (part.kind === "one") {
      parameters[part.name] = value;
    }
  }
  return wanted.length === given.length ? { parameters } : undefined;
}

/** Templates that say more come first: text before a name, a name before the rest. */
export function bySpecificity(left: string, right: string): number {
  const rank = { text: 0, one: 1, rest: 2 } as const;
  const [a, b] = [partsOf(left), partsOf(right)];
  for (const [index, part] of a.entries()) {
    const other = b[index];
    if (other !== undefined && rank[part.kind] !== rank[other.kind]) {
      return rank[part.kind] - rank[other.kind];
    }
  }
  return b.length - a.length;
}

/** The template that a path fits best, with what belongs to it. */
export function bestMatch<Entry>(
  entries: readonly Entry[],
  templateOf: (entry: Entry) => string,
  path: string,
): { readonly entry: Entry; readonly parameters: Match["parameters"] } | undefined {
  const sorted = entries.toSorted((left, right) => bySpecificity(templateOf(left), templateOf(right)));
  for (const entry of sorted) {
    const match = matchPath(templateOf(entry), path);
    if (match !== undefined) {
      return { entry, parameters: match.parameters };
    }
  }
  return undefined;
}
