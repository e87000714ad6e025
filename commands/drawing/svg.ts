import { type EdgeLabel, Graph, type GraphLabel, layout, type NodeLabel } from "@dagrejs/dagre";
import { changeColours, colours } from "./colours";
import { type Drawing, type Edge, type Node, nodeKinds } from "./drawing";

const size = { letter: 7.1, line: 16, padX: 12, padY: 9, margin: 24 } as const;

interface Placed {
  readonly node: Node;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where everything stands; the layout engine's own numbers, rounded so that one drawing gives the same text everywhere. */
function laidOut(drawing: Drawing) {
  const graph = new Graph<GraphLabel, Partial<NodeLabel>, EdgeLabel>({ compound: true });
  graph.setGraph({ rankdir: "LR", nodesep: 18, ranksep: 46, marginx: size.margin, marginy: size.margin + 16 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id } of drawing.groups) graph.setNode(id, {});
  for (const { id, within } of drawing.groups) if (within !== undefined) graph.setParent(id, within);
  for (const { id, lines, group } of drawing.nodes) {
    const longest = Math.max(...lines.map(({ length }) => length));
    graph.setNode(id, {
      width: Math.round(longest * size.letter + 2 * size.padX),
      height: lines.length * size.line + 2 * size.padY,
    });
    if (group !== undefined) graph.setParent(id, group);
  }
  for (const { from, to } of drawing.edges) graph.setEdge(from, to);
  layout(graph);
  return graph;
}

/** How an SVG stands where it is shown. */
export interface SvgOptions {
  /** Begins every id, where several stand in one page. Default: nothing. */
  readonly prefix?: string;
  /** `group` where its nodes can be chosen. Default: `img`. */
  readonly role?: "img" | "group";
}

/** A drawing as an SVG of its own, light or dark as its reader's screen is. */
export function svg(drawing: Drawing, { prefix = "", role = "img" }: SvgOptions = {}): string {
  const graph = laidOut(drawing);
  const placed = drawing.nodes.map((node): Placed => {
    const { x = 0, y = 0, width = 0, height = 0 } = graph.node(node.id);
    return { node, x: Math.round(x - width / 2), y: Math.round(y - height / 2), width, height };
  });
  const boxes = drawing.groups.map((group) => {
    const { x = 0, y = 0, width = 0, height = 0 } = graph.node(group.id);
    // A title needs room of its own where boxes stand in a box.
    const room = drawing.groups.some(({ within }) => within === group.id) ? 28 : 12;
    const [left, top] = [Math.round(x - width / 2), Math.round(y - height / 2) - room];
    return [
      `<g class="group"><rect x="${left}" y="${top}" width="${Math.round(width)}" height="${Math.round(height) + room}" rx="8"/>`,
      `<text x="${left + 10}" y="${top + 16}">${escaped(group.title)}</text></g>`,
    ].join("");
  });
  const { width = 0, height = 0 } = graph.graph();
  const [w, h] = [Math.ceil(Number(width)), Math.ceil(Number(height))];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${w} ${h}" width="${w}" height="${h}" role="${role}" aria-label="${escaped(drawing.title)}">`,
    `<title>${escaped(drawing.title)}</title>`,
    `<style>${style}</style>`,
    `<defs><marker id="${prefix}arrow" class="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0 0 8 4 0 8z"/></marker></defs>`,
    `<rect class="ground" width="${w}" height="${h}"/>`,
    ...boxes,
    ...drawing.edges.map((edge) => edgePath(edge, graph.edge(edge.from, edge.to)?.points ?? [], prefix)),
    ...placed.map(nodeShape),
    "</svg>",
    "",
  ].join("\n");
}

function edgePath(edge: Edge, points: readonly { readonly x: number; readonly y: number }[], prefix: string): string {
  const [first, ...rest] = points.map(({ x, y }) => `${Math.round(x)} ${Math.round(y)}`);
  const classes = [
    "edge",
    ...(edge.shut === true ? ["shut"] : []),
    ...(edge.change === undefined ? [] : [edge.change]),
  ];
  return `<path class="${classes.join(" ")}" data-from="${edge.from}" data-to="${edge.to}" d="M${first ?? "0 0"} L${rest.join(" L")}" marker-end="url(#${prefix}arrow)"/>`;
}

function nodeShape({ node, x, y, width, height }: Placed): string {
  const classes = ["node", node.kind, ...(node.change === undefined ? [] : [node.change])];
  const texts = node.lines.map(
    (line, index) =>
      `<text x="${x + size.padX}" y="${y + size.padY + 12 + index * size.line}"${index === 0 ? ' class="first"' : ""}>${escaped(line)}</text>`,
  );
  const round = node.kind === "origin" ? Math.round(height / 2) : 6;
  return `<g class="${classes.join(" ")}" data-node="${node.id}"><rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${round}"/>${texts.join("")}</g>`;
}

export function escaped(text: string): string {
  const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replace(/[&<>"]/g, (mark) => entities[mark] ?? mark);
}

const shadesOf = (tone: "light" | "dark") =>
  nodeKinds
    .map((kind) => {
      const { fill, line, text } = colours[kind][tone];
      return `.${kind} rect{fill:${fill};stroke:${line}}.${kind} text{fill:${text}}`;
    })
    .join("");

/** Classes of every node and edge; the page that holds a drawing uses the same. */
export const style = [
  "text{font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}.first{font-weight:600}",
  ".ground{fill:#fff}.node rect{stroke-width:1.2}.edge{fill:none;stroke:#6b6f7b;stroke-width:1.3}.arrow path{fill:#6b6f7b}",
  ".shut{stroke:#b3261e;stroke-dasharray:5 4}.group rect{fill:none;stroke:#8a909c;stroke-dasharray:3 3}.group text{fill:#4a4e57}",
  shadesOf("light"),
  `@media(prefers-color-scheme:dark){.ground{fill:#121419}.edge{stroke:#9aa0ad}.arrow path{fill:#9aa0ad}.group text{fill:#c4c8d0}${shadesOf("dark")}}`,
  ...Object.entries(changeColours).map(([change, colour]) => `.node.${change} rect{stroke:${colour};stroke-width:3}`),
].join("");
