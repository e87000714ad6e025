import { colours } from "./colours";
import { type Drawing, type Group, type Node, nodeKinds } from "./drawing";

/** A drawing as a Mermaid flowchart. Source: Mermaid's documentation of flowcharts. */
export function mermaid(drawing: Drawing): string {
  const lines = ["flowchart LR"];
  const draw = (within: string | undefined, indent: string) => {
    for (const group of drawing.groups.filter((one: Group) => one.within === within)) {
      lines.push(`${indent}subgraph ${group.id}[${quoted([group.title])}]`);
      draw(group.id, `${indent}  `);
      lines.push(`${indent}end`);
    }
    for (const node of drawing.nodes.filter((one) => one.group === within)) lines.push(`${indent}${nodeLine(node)}`);
  };
  draw(undefined, "  ");
  for (const { from, to, label, shut } of drawing.edges) {
    const arrow = shut === true ? "-.-x" : "-->";
    lines.push(`  ${from} ${arrow}${label === undefined ? "" : `|${quoted([label])}|`} ${to}`);
  }
  for (const kind of nodeKinds) {
    const { light } = colours[kind];
    if (drawing.nodes.some((node) => node.kind === kind)) {
      lines.push(`  classDef ${kind} fill:${light.fill},stroke:${light.line},color:${light.text}`);
    }
  }
  return `${lines.join("\n")}\n`;
}

function nodeLine({ id, lines, kind }: Node): string {
  const text = quoted(lines);
  const shape = kind === "origin" ? `([${text}])` : kind === "gate" ? `{{${text}}}` : `[${text}]`;
  return `${id}${shape}:::${kind}`;
}

/** Mermaid reads its own marks in a label; entities are read as text. */
function quoted(lines: readonly string[]): string {
  const text = lines.map((line) => line.replace(/[&"<>#]/g, (mark) => `#${mark.charCodeAt(0)};`));
  return `"${text.join("<br/>")}"`;
}
