import { colours } from "./colours";
import type { Drawing, Group, Node } from "./drawing";

/** A drawing in D2's language. Source: D2's documentation of shapes, containers and connections. */
export function d2(drawing: Drawing): string {
  const lines = ["direction: right"];
  const paths = new Map<string, string>();
  const draw = (within: string | undefined, indent: string, path: string) => {
    for (const group of drawing.groups.filter((one: Group) => one.within === within)) {
      lines.push(`${indent}${group.id}: ${quoted(group.title)} {`);
      draw(group.id, `${indent}  `, `${path}${group.id}.`);
      lines.push(`${indent}}`);
    }
    for (const node of drawing.nodes.filter((one) => one.group === within)) {
      paths.set(node.id, `${path}${node.id}`);
      lines.push(...nodeLines(node).map((line) => `${indent}${line}`));
    }
  };
  draw(undefined, "", "");
  for (const { from, to, label, shut } of drawing.edges) {
    const more = shut === true ? " { style.stroke-dash: 4 }" : "";
    const name = label === undefined ? "" : `: ${quoted(label)}`;
    lines.push(`${paths.get(from) ?? from} -> ${paths.get(to) ?? to}${name}${more}`);
  }
  return `${lines.join("\n")}\n`;
}

function nodeLines({ id, lines, kind }: Node): readonly string[] {
  const { fill, line, text } = colours[kind].light;
  return [
    `${id}: ${quoted(lines.join("\n"))} {`,
    ...(kind === "origin" ? ["  shape: oval"] : []),
    `  style: { fill: "${fill}"; stroke: "${line}"; font-color: "${text}" }`,
    "}",
  ];
}

function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, "\\$&").replace(/\n/g, "\\n").replace(/\$\{/g, "\\${")}"`;
}
