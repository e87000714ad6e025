import { type Drawing, DrawingBuilder, type NodeKind } from "../drawing/drawing";
import { type Hop, type Stop, saysOrigin, severityOf, type Trace, type Way } from "./way";

const kinds: Readonly<Record<Stop, NodeKind>> = {
  name: "origin",
  record: "origin",
  distribution: "entrance",
  api: "entrance",
  stage: "gate",
  "load-balancer": "entrance",
  listener: "gate",
  authentication: "gate",
  waf: "gate",
  rule: "rule",
  "vpc-link": "inside",
  "target-group": "inside",
  proxy: "inside",
  service: "inside",
  pod: "workload",
};

/** Longest line of a node; what is longer is cut, for the text and JSON have it whole. */
const longest = 46;

/** The ways of a trace, with what they share drawn once. */
export function drawingOfTrace(trace: Trace): Drawing {
  const builder = new DrawingBuilder(`Ways into ${trace.environment}`);
  for (const way of trace.ways) draw(builder, way);
  for (const { hole, says } of trace.findings) {
    builder.node(`finding ${hole} ${says}`, { kind: "hole", lines: [hole, ...wrapped(says)] });
  }
  return builder.drawing();
}

function draw(builder: DrawingBuilder, way: Way): void {
  const origins = way.from.map((origin) =>
    builder.node(`origin ${saysOrigin(origin)}`, { kind: "origin", lines: wrapped(saysOrigin(origin)) }),
  );
  let last: readonly string[] = origins;
  // What was passed before belongs to what makes a node the same: two balancers may have equal listeners.
  let passed = "";
  for (const { key, lines, kind, shut } of nodesOf(way)) {
    passed = key.startsWith("=") ? key : `${passed}>${key}`;
    const id = builder.node(passed, { kind, lines });
    for (const from of last) builder.edge({ from, to: id, ...(shut ? { shut } : {}) });
    last = [id];
  }
  const errors = way.findings.filter(({ hole }) => severityOf(hole) === "error");
  for (const { hole, says } of errors) {
    const id = builder.node(`${way.id} ${hole} ${says}`, { kind: "hole", lines: [hole, ...wrapped(says)] });
    for (const from of last) builder.edge({ from, to: id, shut: true });
  }
}

interface Drawn {
  readonly key: string;
  readonly lines: readonly string[];
  readonly kind: NodeKind;
  readonly shut: boolean;
}

/** Hops as nodes: listener, authentication and web ACL are one gate, a target group goes with what follows it. */
function nodesOf(way: Way): readonly Drawn[] {
  const drawn: Drawn[] = [];
  const gate = new Set<Stop>(["listener", "stage", "authentication", "waf"]);
  let group: Hop[] = [];
  const close = () => {
    const [first] = group;
    if (first !== undefined) {
      drawn.push({
        key: group.map(keyOf).join(" "),
        kind: "gate",
        lines: group.flatMap((hop) => wrapped(hop.says)),
        shut: group.some(isShut),
      });
    }
    group = [];
  };
  for (const hop of way.hops) {
    if (hop.stop === "target-group" || hop.stop === "record") continue;
    if (gate.has(hop.stop)) group.push(hop);
    else {
      close();
      const shared = hop.stop === "pod" ? `=${hop.place ?? hop.says}` : keyOf(hop);
      drawn.push({ key: shared, kind: kinds[hop.stop], lines: wrapped(hop.says), shut: isShut(hop) });
    }
  }
  close();
  return drawn;
}

const keyOf = ({ stop, says, place }: Hop) => `${stop} ${says} ${place ?? ""}`;

const isShut = ({ passages }: Hop) => passages.some(({ lets }) => !lets);

function wrapped(text: string): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(/ (?=\S)/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < longest) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word.length > longest ? `${word.slice(0, longest - 1)}…` : word);
  }
  return lines;
}
