import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { closest, distance } from "fastest-levenshtein";
import { parse } from "yaml";
import type { Json } from "../../modules/schema/primitives";
import { chartsFolder } from "../support/inputs";
import { keysWithoutDefault } from "./keys-without-default";

/** A value that does not reach the chart's templates, or reaches them in a shape that they do not expect. */
export interface ChartValueProblem {
  /** The value's keys, joined by dots: `webhook.securePort`. */
  readonly path: string;
  readonly message: string;
}

type JsonMap = { readonly [key: string]: Json };

/**
 * Checks the values of a release against its chart's defaults, which name every value that the chart knows, but for
 * those of `keysWithoutDefault`. Helm itself drops a value that nothing reads without a word.
 *
 * @throws when the defaults of that chart in that version are not at hand
 */
export function checkChartValues(chart: string, version: string, values: JsonMap): readonly ChartValueProblem[] {
  const release = `${chart}-${version}`;
  const file = path.join(chartsFolder, `${release}.values.yaml`);
  if (!existsSync(file)) {
    throw new Error(
      `${file}: the file does not exist, so the values given to chart ${chart} ${version} cannot be checked. ` +
        "Fetch them with `npx foundry inputs`, or correct the version of the release.",
    );
  }
  const defaults: JsonMap = parse(readFileSync(file, "utf8"));
  return checkValues((keysWithoutDefault[release] ?? []).reduce(withKey, defaults), values);
}

/**
 * Checks values against defaults, key by key:
 * - a key must be among the defaults;
 * - below a default of `null` or `{}` any key may stand, since those do not say what they may hold;
 * - a map, a list, a boolean and any other scalar each take their own kind; `{}` takes a list too;
 * - `null` is always allowed: it takes the default away;
 * - the items of lists are not looked at.
 */
export function checkValues(defaults: JsonMap, values: JsonMap): readonly ChartValueProblem[] {
  return Object.entries(values).flatMap(([key, value]): readonly ChartValueProblem[] => {
    const standard = defaults[key];
    if (standard === undefined) return [{ path: key, message: unknownKey(key, value, Object.keys(defaults)) }];
    if (standard === null || value === null) return [];
    const expected = kindOf(standard);
    const given = kindOf(value);
    const isOpen = isMap(standard) && Object.keys(standard).length === 0;
    if (given !== expected && !(isOpen && given === "list") && !(expected === "scalar" && given === "boolean")) {
      return [{ path: key, message: wrongKind(value, given, expected, standard) }];
    }
    if (isOpen || !isMap(standard) || !isMap(value)) return [];
    return checkValues(standard, value).map((problem) => ({ ...problem, path: `${key}.${problem.path}` }));
  });
}

function unknownKey(key: string, value: Json, known: readonly string[]): string {
  const near = known.length === 0 ? undefined : closest(key, known);
  const suggestion =
    near !== undefined && distance(key, near) <= Math.max(2, key.length / 4) ? `Write ${near}, or ` : "";
  const removal = `${suggestion === "" ? "Remove" : "remove"} it`;
  return (
    `${excerpt(value)}: the chart has no value of this name, so nothing would read it. ${suggestion}${removal}; if ` +
    "the chart's templates do read it, add it to test/charts/keys-without-default.ts."
  );
}

function wrongKind(value: Json, given: Kind, expected: Kind, standard: Json): string {
  const consequence =
    expected === "boolean" && given === "scalar"
      ? 'In a template any string but "" is true, "false" too'
      : "The templates would render something else than meant, or fail";
  return `${excerpt(value)}: a ${given}, where the chart has the ${expected} ${excerpt(standard)}. ${consequence}. Write a ${expected}.`;
}

type Kind = "map" | "list" | "boolean" | "scalar";

function kindOf(value: Json): Kind {
  if (Array.isArray(value)) return "list";
  if (isMap(value)) return "map";
  return typeof value === "boolean" ? "boolean" : "scalar";
}

function isMap(value: Json): value is JsonMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function excerpt(value: Json): string {
  const text = JSON.stringify(value);
  return text.length <= 60 ? text : `${text.slice(0, 57)}...`;
}

/** Defaults with one more key, which may hold anything. A map that would have to be made for it is made. */
function withKey(defaults: JsonMap, dotted: string): JsonMap {
  const [key = "", ...rest] = dotted.split(".");
  if (rest.length === 0) return { ...defaults, [key]: null };
  const inner = defaults[key] ?? {};
  return { ...defaults, [key]: withKey(isMap(inner) ? inner : {}, rest.join(".")) };
}
