import type { Words } from "./descriptions";
import type { Field, ObjectShape, Shape } from "./shape";

/** A line of the reference: one option. */
export interface Row {
  /** Path below that of the section, such as `flowLogs.retentionDays`. */
  readonly path: string;
  /** Kinds that have the option, where not every kind has it. */
  readonly kinds: readonly string[];
  /** As TypeScript writes it, with the parts of objects left to their own lines. */
  readonly type: string;
  readonly required: boolean;
  readonly words: Words;
  /** What the branches of a choice are for, by kind. */
  readonly branches: readonly { readonly name: string; readonly description: string }[];
  readonly example: unknown;
}

/** A part of the reference: the options of one object. */
export interface Section {
  /** Path of the object: `workloads.<name>.routes[]`. */
  readonly path: string;
  /** Kind of the object, where there are several. */
  readonly kind: string | undefined;
  readonly words: Words;
  readonly rows: readonly Row[];
}

/** What can be written for an option, as sections: one for it, one for each list or record of objects below it. */
export function sectionsOf(path: string, shape: Shape, words: Words): readonly Section[] {
  switch (shape.is) {
    case "value":
      return [];
    case "list":
      return sectionsOf(`${path}[]`, shape.element, words);
    case "record":
      return sectionsOf(`${path}.<name>`, shape.value, words);
    case "union":
      return shape.members.flatMap((member) => sectionsOf(path, member, words));
    case "object": {
      const rows = merged(shape.fields.flatMap((field) => rowsOf("", field)));
      const section = { path, kind: undefined, words, rows };
      return [...(rows.length === 0 ? [] : [section]), ...shape.fields.flatMap((field) => listsBelow(path, field))];
    }
    case "choice":
      return once(
        shape.branches.flatMap((branch) =>
          sectionsOf(path, withoutKind(branch.shape, shape.discriminator), branch.words).map((section) =>
            section.path === path ? { ...section, kind: branch.name } : section,
          ),
        ),
      );
  }
}

/** Kinds may have the same lists below them. */
function once(sections: readonly Section[]): readonly Section[] {
  return [...new Map(sections.map((section) => [JSON.stringify(section), section])).values()];
}

function withoutKind({ fields }: ObjectShape, discriminator: string): ObjectShape {
  return { is: "object", fields: fields.filter(({ key }) => key !== discriminator) };
}

/** Sections of the lists and records below a field; what stands in no list is a line of the field's own section. */
export function listsBelow(parent: string, { key, shape, words }: Field): readonly Section[] {
  const path = parent === "" ? key : `${parent}.${key}`;
  switch (shape.is) {
    case "value":
      return [];
    case "list":
    case "record":
      return sectionsOf(path, shape, words);
    case "object":
    case "choice":
    case "union":
      return fieldsBelow(shape).flatMap(({ field }) => listsBelow(path, field));
  }
}

/** The line of a field and those of the fields below it. */
export function rowsOf(parent: string, field: Field, kinds: readonly string[] = []): readonly Row[] {
  const { key, shape, words, required } = field;
  const path = parent === "" ? key : `${parent}.${key}`;
  const example = shape.is === "value" ? shape.example : undefined;
  const row = { path, kinds, type: typeText(shape), required, words, branches: branchesIn(shape), example };
  return [row, ...fieldsBelow(shape).flatMap((below) => rowsOf(path, below.field, below.kinds))];
}

function branchesIn(shape: Shape): Row["branches"] {
  if (shape.is !== "choice") return [];
  return shape.branches.flatMap(({ name, words: { description } }) =>
    description === undefined ? [] : [{ name, description }],
  );
}

/** Fields of an object, or of each object that a choice or a union holds. */
function fieldsBelow(shape: Shape): readonly { readonly field: Field; readonly kinds: readonly string[] }[] {
  switch (shape.is) {
    case "object":
      return shape.fields.map((field) => ({ field, kinds: [] }));
    case "choice":
      return shape.branches.flatMap((branch) =>
        withoutKind(branch.shape, shape.discriminator).fields.map((field) => ({ field, kinds: [branch.name] })),
      );
    case "union":
      return alternatives(shape.members.filter((member) => member.is === "object")).map((field) => ({
        field,
        kinds: [],
      }));
    case "list":
    case "record":
    case "value":
      return [];
  }
}

/** Fields of objects of which one is written: what is in only some of them is not required. */
function alternatives(objects: readonly ObjectShape[]): readonly Field[] {
  const inAll = (key: string) => objects.every(({ fields }) => fields.some((field) => field.key === key));
  return objects.flatMap(({ fields }) =>
    fields.map((field) => ({ ...field, required: field.required && inAll(field.key) })),
  );
}

/** One line for an option that several kinds have alike. */
function merged(rows: readonly Row[]): readonly Row[] {
  const byText = new Map<string, Row>();
  for (const row of rows) {
    const text = JSON.stringify({ ...row, kinds: undefined, example: undefined });
    const same = byText.get(text);
    byText.set(text, same === undefined ? row : { ...same, kinds: [...new Set([...same.kinds, ...row.kinds])] });
  }
  return [...byText.values()];
}

/** A type on one line. */
export function typeText(shape: Shape): string {
  switch (shape.is) {
    case "value":
      return `${shape.type}${range(shape.minimum, shape.maximum)}`;
    case "object":
      return "object";
    case "list": {
      const element = typeText(shape.element);
      return /[ |]/.test(element) ? `(${element})[]` : `${element}[]`;
    }
    case "record":
      return `${typeText(shape.value)}, by name`;
    case "choice":
      return `${shape.discriminator}: ${shape.branches.map(({ name }) => JSON.stringify(name)).join(" | ")}`;
    case "union":
      return [...new Set(shape.members.map(typeText))].join(" | ");
  }
}

function range(minimum: number | undefined, maximum: number | undefined): string {
  if (minimum === undefined) return maximum === undefined ? "" : `, at most ${maximum}`;
  return maximum === undefined ? `, ${minimum} or more` : `, ${minimum} to ${maximum}`;
}
