import type { StackName } from "../../stacks/order";
import { type Block, type EnvironmentJson, placeOf } from "./environment-json";
import { isObject, listOf, objectOf } from "./json";

/** A block that an expression names, and what it asks of it. */
export interface Reference {
  readonly block: Block;
  /** Attribute, with steps below it: `arn`, `vpc_config[0].cluster_security_group_id`. */
  readonly attribute: string;
}

const expression = /\$\{([^{}]+)\}/g;
const output = /^data\.terraform_remote_state\.([\w-]+)\.outputs\.([\w-]+)(.*)$/;
const block = /^(data\.)?([a-z]\w*)\.([\w-]+)(?:\.(.*))?$/;
const step = /^(?:\.([\w-]+)|\["([^"]+)"\]|\[(\d+)\])/;

/** How deep one output may lead to another. */
const deepest = 8;

/** Reads expressions of synthesized JSON; what one stack publishes is followed to the stack that publishes it. */
export class References {
  constructor(private readonly environment: EnvironmentJson) {}

  /** Every block that a value names, with texts, lists and objects looked through. */
  of(stack: StackName, value: unknown, depth = 0): readonly Reference[] {
    if (depth > deepest) return [];
    if (typeof value === "string") {
      return [...value.matchAll(expression)].flatMap(([, inner = ""]) => this.read(stack, inner, depth));
    }
    if (Array.isArray(value)) return value.flatMap((item) => this.of(stack, item, depth));
    return isObject(value) ? Object.values(value).flatMap((item) => this.of(stack, item, depth)) : [];
  }

  /** The one block a value names; undefined where it names none. */
  blockOf(stack: StackName, value: unknown): Block | undefined {
    return this.of(stack, value)[0]?.block;
  }

  /** A text with outputs of other stacks put in where these are text themselves. */
  text(value: string, depth = 0): string {
    if (depth > deepest) return value;
    return value.replace(expression, (whole, inner: string) => {
      const found = this.output(inner);
      return typeof found?.value === "string" ? this.text(found.value, depth + 1) : whole;
    });
  }

  /**
   * What a value stands for as one comparable text: the place and attribute of a block it refers to, otherwise itself.
   */
  identity(stack: StackName, value: string): string {
    const [reference] = this.of(stack, value);
    if (reference === undefined || !/^\$\{[^{}]+\}$/.test(value)) return this.text(value);
    return `${placeOf(reference.block)}.${reference.attribute}`;
  }

  /** The same for each of a list, which may itself be an output of another stack. */
  identities(stack: StackName, value: unknown): readonly string[] {
    return listOf(value).flatMap((item) => {
      if (typeof item !== "string") return [];
      const found = this.output(item.replace(/^\$\{(.*)\}$/, "$1"));
      return Array.isArray(found?.value) ? this.identities(found.stack, found.value) : [this.identity(stack, item)];
    });
  }

  private read(stack: StackName, inner: string, depth: number): readonly Reference[] {
    const found = this.output(inner);
    if (found !== undefined) return this.of(found.stack, found.value, depth + 1);
    const [, data, type = "", name = "", attribute = ""] = block.exec(inner) ?? [];
    const mode = data === undefined ? "resource" : "data";
    const value = objectOf(objectOf(this.environment.stacks[stack]?.[mode])[type])[name];
    return isObject(value) ? [{ block: { stack, mode, type, name, arguments: value }, attribute }] : [];
  }

  /** What an output of another stack is, where an expression reads one. */
  private output(inner: string): { readonly stack: StackName; readonly value: unknown } | undefined {
    const [, producer, name = "", rest = ""] = output.exec(inner) ?? [];
    if (!isStack(producer)) return undefined;
    const declared = objectOf(objectOf(this.environment.stacks[producer]?.["output"])[name])["value"];
    return { stack: producer, value: walk(declared, rest) };
  }
}

function isStack(name: string | undefined): name is StackName {
  return name === "cluster" || name === "identity" || name === "controllers" || name === "apps";
}

function walk(value: unknown, rest: string): unknown {
  const found = step.exec(rest);
  if (found === null) return value;
  const [whole, dotted, quoted, index] = found;
  const next = index === undefined ? objectOf(value)[dotted ?? quoted ?? ""] : listOf(value)[Number(index)];
  return walk(next, rest.slice(whole.length));
}
