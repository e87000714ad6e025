/** What a node stands for, by which it is coloured. */
export const nodeKinds = [
  "origin",
  "entrance",
  "gate",
  "rule",
  "inside",
  "workload",
  "network",
  "machine",
  "hole",
] as const;
export type NodeKind = (typeof nodeKinds)[number];

/** What became of a node between two versions. */
export type Change = "added" | "removed" | "changed";

export interface Node {
  readonly id: string;
  /** Lines of text. */
  readonly lines: readonly string[];
  readonly kind: NodeKind;
  readonly change?: Change;
  /** The group it stands in. */
  readonly group?: string;
}

export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly label?: string;
  /** Shut: something does not let it through. */
  readonly shut?: boolean;
  readonly change?: Change;
}

/** A box around nodes, or around other boxes. */
export interface Group {
  readonly id: string;
  readonly title: string;
  readonly within?: string;
}

/** Nodes, edges and groups: every kind of picture is made from them. */
export interface Drawing {
  readonly title: string;
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
  readonly groups: readonly Group[];
}

/** Collects nodes and edges, each once, in the order they come. */
export class DrawingBuilder {
  private readonly nodes = new Map<string, Node>();
  private readonly edges = new Map<string, Edge>();
  private readonly groups = new Map<string, Group>();

  constructor(private readonly title: string) {}

  /** Adds a node unless one of its key is there; returns its id. @param key what makes it the same node */
  node(key: string, node: Omit<Node, "id">): string {
    const found = this.nodes.get(key);
    if (found !== undefined) return found.id;
    const id = `n${this.nodes.size + 1}`;
    this.nodes.set(key, { id, ...node });
    return id;
  }

  edge(edge: Edge): void {
    const key = `${edge.from} ${edge.to}`;
    const found = this.edges.get(key);
    if (found === undefined || (edge.shut === true && found.shut !== true)) this.edges.set(key, edge);
  }

  group(key: string, title: string, within?: string): string {
    const found = this.groups.get(key);
    if (found !== undefined) return found.id;
    const id = `g${this.groups.size + 1}`;
    this.groups.set(key, { id, title, ...(within === undefined ? {} : { within }) });
    return id;
  }

  drawing(): Drawing {
    return {
      title: this.title,
      nodes: [...this.nodes.values()],
      edges: [...this.edges.values()],
      groups: [...this.groups.values()],
    };
  }
}
