import type { Drawing, Edge, Node } from "./drawing";

/** Nodes of a kind that are drawn each by itself: more are no picture, and take a layout minutes. */
const shown = 60;

/**
 * A drawing that stays one: of a kind with more than sixty nodes, those that changed are shown first and the rest are
 * one node in their outermost box, which says how many they are.
 */
export function folded(drawing: Drawing): Drawing {
  const outermost = outermostOf(drawing);
  const kept: Node[] = [];
  const rest = new Map<string, Node[]>();
  const count = new Map<Node["kind"], number>();
  for (const node of [...drawing.nodes].sort((one, other) => Number(isSame(one)) - Number(isSame(other)))) {
    const before = count.get(node.kind) ?? 0;
    count.set(node.kind, before + 1);
    if (before < shown) {
      kept.push(node);
      continue;
    }
    const key = `${node.kind} ${outermost(node.group) ?? ""}`;
    const others = rest.get(key) ?? [];
    others.push(node);
    rest.set(key, others);
  }
  if (rest.size === 0) return drawing;
  const instead = new Map<string, string>();
  const more = [...rest.values()].map((nodes, index) => {
    const id = `more${index + 1}`;
    for (const node of nodes) instead.set(node.id, id);
    return moreNode(id, nodes, outermost(nodes[0]?.group));
  });
  const order = new Map(drawing.nodes.map(({ id }, index) => [id, index]));
  const nodes = [...kept.sort((one, other) => (order.get(one.id) ?? 0) - (order.get(other.id) ?? 0)), ...more];
  return { ...drawing, nodes, edges: edgesOf(drawing.edges, instead), groups: groupsOf(drawing, nodes) };
}

const isSame = ({ change }: Node) => change === undefined;

function moreNode(id: string, nodes: readonly Node[], group: string | undefined): Node {
  const [first] = nodes;
  const changed = nodes.filter((node) => !isSame(node)).length;
  return {
    id,
    kind: first?.kind ?? "inside",
    lines: [`${nodes.length} more`, ...(changed === 0 ? [] : [`${changed} of them new or changed`])],
    ...(changed === 0 ? {} : { change: "changed" }),
    ...(group === undefined ? {} : { group }),
  };
}

/** Edges between what is left, each once. */
function edgesOf(edges: readonly Edge[], instead: ReadonlyMap<string, string>): readonly Edge[] {
  const left = new Map<string, Edge>();
  for (const edge of edges) {
    const [from, to] = [instead.get(edge.from) ?? edge.from, instead.get(edge.to) ?? edge.to];
    if (!left.has(`${from} ${to}`)) left.set(`${from} ${to}`, { ...edge, from, to });
  }
  return [...left.values()];
}

function outermostOf({ groups }: Drawing): (group: string | undefined) => string | undefined {
  const within = new Map(groups.map(({ id, within: parent }) => [id, parent]));
  return (group) => {
    let outer = group;
    for (let parent = group; parent !== undefined; parent = within.get(parent)) outer = parent;
    return outer;
  };
}

/** Boxes that something is left in. */
function groupsOf({ groups }: Drawing, nodes: readonly Node[]): Drawing["groups"] {
  const within = new Map(groups.map(({ id, within: parent }) => [id, parent]));
  const used = new Set<string>();
  for (const { group } of nodes)
    for (let box = group; box !== undefined && !used.has(box); box = within.get(box)) used.add(box);
  return groups.filter(({ id }) => used.has(id));
}
