import { TerraformOutput, type TerraformStack } from "cdktf";

/** The shape of one output: a text, a list of texts, or texts by name. */
interface Shapes {
  readonly text: { readonly publish: string; readonly read: string };
  readonly list: { readonly publish: readonly string[]; readonly read: ListOutput };
  readonly map: { readonly publish: Readonly<Record<string, string>>; readonly read: MapOutput };
}

/** A list in another stack's state; its length is known only to Terraform. */
export interface ListOutput {
  /** The whole list, for an argument that takes one. */
  readonly all: string[];
  /** The element at an index, from 0. */
  readonly at: (index: number) => string;
}

/** Texts by name in another stack's state. */
export interface MapOutput {
  /** The text behind a name; Terraform fails where the name is missing. */
  readonly get: (name: string) => string;
}

export type OutputKind = keyof Shapes;

/** One named output. Its name is its key in the contract, in snake_case, and never changes. */
export interface Output {
  readonly kind: OutputKind;
  readonly description: string;
  /** What preview puts in the place of each value while the producer does not exist. */
  readonly example: string;
}

export type Outputs = Readonly<Record<string, Output>>;

/** The typed, named outputs that one stack publishes and others read. */
export interface Contract<O extends Outputs> {
  /** Stack that publishes it. */
  readonly stack: string;
  readonly outputs: O;
}

/** A value for every output of a contract. */
export type Published<O extends Outputs> = { readonly [Name in keyof O]: Shapes[O[Name]["kind"]]["publish"] };

/** Every output of a contract as its consumer sees it. */
export type Read<O extends Outputs> = { readonly [Name in keyof O]: Shapes[O[Name]["kind"]]["read"] };

/** Declares a contract once; both sides take their types from it. */
export function defineContract<const O extends Outputs>(stack: string, outputs: O): Contract<O> {
  return { stack, outputs };
}

/** Publishes every output of a contract from its stack. None is sensitive: a contract never carries a secret. */
export function publish<O extends Outputs>(stack: TerraformStack, contract: Contract<O>, values: Published<O>): void {
  for (const [name, output] of Object.entries(contract.outputs)) {
    new TerraformOutput(stack, name, { value: values[name], description: output.description });
  }
}
