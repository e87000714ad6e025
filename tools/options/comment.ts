import { wrapped } from "../../commands/options/wrapped";
import type { Words } from "../../modules/schema/descriptions";
import type { ValueShape } from "../../modules/schema/shape";

const width = 108;

/** A doc comment, with what TypeScript's own types cannot say of a value. */
export function comment({ description, default: byDefault, source }: Words, value?: ValueShape): string {
  const { minimum, maximum, example } = value ?? {};
  const lines = [
    description,
    source === undefined ? undefined : `Source: ${source}.`,
    byDefault === undefined ? undefined : `@default ${byDefault}`,
    minimum === undefined ? undefined : `@minimum ${minimum}`,
    maximum === undefined ? undefined : `@maximum ${maximum}`,
    example === undefined ? undefined : `@example ${JSON.stringify(example)}`,
  ]
    .filter((text) => text !== undefined)
    .flatMap((text) => wrapped(text, width))
    .map((line) => line.replaceAll("*/", "*\\/"));
  if (lines.length === 0) return "";
  return lines.length === 1 ? `/** ${lines[0]} */\n` : `/**\n${lines.map((line) => ` * ${line}`).join("\n")}\n */\n`;
}
