import { type StackName, stackOrder } from "../../stacks/order";
import { isObject, type JsonObject, objectOf } from "./json";

/** One stack, as Terraform reads it. */
export type StackJson = JsonObject;

/** The synthesized stacks of one environment; one of them may be missing. */
export interface EnvironmentJson {
  readonly name: string;
  readonly stacks: Readonly<Partial<Record<StackName, StackJson>>>;
}

/** A resource or data source, and where it stands. */
export interface Block {
  readonly stack: StackName;
  readonly mode: "resource" | "data";
  readonly type: string;
  readonly name: string;
  readonly arguments: JsonObject;
}

/** Terraform's address of a block within its stack. */
export function addressOf({ mode, type, name }: Pick<Block, "mode" | "type" | "name">): string {
  return `${mode === "data" ? "data." : ""}${type}.${name}`;
}

/** A block among all stacks of an environment: `apps: aws_lb.shop`. */
export function placeOf(block: Pick<Block, "stack" | "mode" | "type" | "name">): string {
  return `${block.stack}: ${addressOf(block)}`;
}

/** Blocks of a type in every stack, in the order of the stacks and of their names. */
export function blocks({ stacks }: EnvironmentJson, type: string, mode: Block["mode"] = "resource"): readonly Block[] {
  return stackOrder.flatMap((stack) =>
    Object.entries(objectOf(objectOf(stacks[stack]?.[mode])[type]))
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .flatMap(([name, block]) => (isObject(block) ? [{ stack, mode, type, name, arguments: block }] : [])),
  );
}

/** Every block of a stack. */
export function blocksOf(stack: StackName, json: StackJson, mode: Block["mode"] = "resource"): readonly Block[] {
  return Object.entries(objectOf(json[mode])).flatMap(([type, named]) =>
    Object.entries(objectOf(named)).flatMap(([name, block]) =>
      isObject(block) ? [{ stack, mode, type, name, arguments: block }] : [],
    ),
  );
}
