import { wordsOf } from "../../modules/schema/descriptions";
import { type FoundOption, findOptions, partsBelow, partsOf } from "../../modules/schema/find-option";
import { listsBelow, type Row, rowsOf } from "../../modules/schema/reference";
import { isOptional } from "../../modules/schema/schema-keys";
import { shapeOf } from "../../modules/schema/shape";
import { nearest, oneOf } from "../../modules/schema/suggest";
import { environmentSchema } from "../../platform/environment";
import { jsonSchema } from "../../platform/json-schema";
import { WrongCall } from "../program/errors";
import { printJson, printLine, styled } from "../program/print";
import type { Output, Surroundings } from "../program/surroundings";
import { wrapped } from "./wrapped";

/** Prints what an option is for and everything below it, or its JSON Schema. Without a path: an environment's parts. */
export function printOptions({ output }: Surroundings, path: string | undefined, json: boolean): void {
  const parts = partsOf(path ?? "");
  const found = findOptions(environmentSchema, parts);
  const [only, another] = found;
  if (only === undefined) throw unknownOption(parts);
  if (json) {
    const schemas = found.map(({ schema }) => jsonSchema(schema));
    printJson(output, another === undefined ? schemas[0] : { anyOf: schemas });
  } else if (path === undefined) printParts(output);
  else for (const option of found) printOption(output, option);
}

function printParts(output: Output): void {
  const environment = shapeOf(environmentSchema);
  if (environment.is !== "object") return;
  for (const field of environment.fields) for (const row of rowsOf("", field).slice(0, 1)) printRow(output, row);
  printLine(output, "foundry options <path> prints an option and everything below it.");
}

function printOption(output: Output, { path, kinds, isField, schema }: FoundOption): void {
  const required = isField && !isOptional(schema);
  const option = { key: path, required, shape: shapeOf(schema), words: wordsOf(schema) };
  for (const row of rowsOf("", option)) printRow(output, row, kinds);
  for (const section of listsBelow("", option)) {
    const outer = section.kind === undefined ? kinds : [...kinds, section.kind];
    for (const row of section.rows) printRow(output, { ...row, path: `${section.path}.${row.path}` }, outer);
  }
}

function printRow(output: Output, row: Row, outer: readonly string[] = []): void {
  const { type, required, words, branches, example } = row;
  const kinds = [...outer, ...(row.kinds.length === 0 ? [] : [row.kinds.join(", ")])].join(" / ");
  printLine(output, `${styled(output, "bold", row.path)}${kinds === "" ? "" : ` (${kinds})`}`);
  const lines = [
    type,
    words.description,
    ...branches.map(({ name, description }) => `${name}: ${description}`),
    required ? "Required." : words.default === undefined ? undefined : `Default: ${words.default}.`,
    example === undefined ? undefined : `Such as ${JSON.stringify(example)}`,
    words.source === undefined ? undefined : `Source: ${words.source}.`,
  ];
  for (const text of lines.filter((line) => line !== undefined)) {
    for (const line of wrapped(text, (output.columns ?? 100) - 4)) printLine(output, `    ${line}`);
  }
  printLine(output);
}

function unknownOption(parts: readonly string[]): WrongCall {
  const known = parts.findLastIndex((_, index) => findOptions(environmentSchema, parts.slice(0, index)).length > 0);
  const before = parts.slice(0, known);
  const below = [...new Set(findOptions(environmentSchema, before).flatMap(({ schema }) => partsBelow(schema)))];
  const guess = nearest(parts[known] ?? "", below);
  const meant = guess === undefined ? "" : `did you mean ${[...before, guess].join(".")}? `;
  const place = before.length === 0 ? "an environment" : before.join(".");
  const there = below.length === 0 ? "has no options of its own" : `has ${oneOf(below)}`;
  return new WrongCall(`there is no option ${parts.join(".")}; ${meant}${place} ${there}`);
}
