import { z } from "zod";
import { drawingOfTrace } from "../../commands/doors/drawing-of-trace";
import { doorsSchema } from "../../commands/doors/json";
import { printTrace, summaryRows } from "../../commands/doors/text";
import { traceOf } from "../../commands/doors/trace";
import { holes } from "../../commands/doors/way";
import { mermaid } from "../../commands/drawing/mermaid";
import { svg } from "../../commands/drawing/svg";
import { drawingOfEnvironment } from "../../commands/graph/environment-drawing";
import type { EnvironmentJson } from "../../commands/terraform-json/environment-json";
import { format } from "../gen/format";

/** Environments whose ways are shown in the documentation. */
export const shownEnvironments = ["dev", "prod", "seeds", "seeds-today"] as const;

/** Files under docs/doors that follow from the stacks, and their text. */
export function doorsFiles(environments: readonly EnvironmentJson[]): ReadonlyMap<string, string> {
  const pages = environments.flatMap((environment) => {
    const trace = traceOf(environment);
    const drawing = drawingOfTrace(trace);
    const rows = summaryRows(trace);
    const page = [
      `# Ways into ${environment.name}`,
      "",
      `\`npx foundry doors ${environment.name}\` prints this; \`npm run doors\` writes it here.`,
      "",
      tableOf(["way", "from", "TLS", "authentication", "web ACL", "workload"], rows),
      "",
      "```mermaid",
      mermaid(drawing).trimEnd(),
      "```",
      "",
      "```text",
      textOf(() => printTrace(recorder, trace)).trimEnd(),
      "```",
      "",
    ];
    return [
      [`docs/doors/${environment.name}.md`, page.join("\n")],
      [`docs/doors/${environment.name}.svg`, svg(drawing)],
      [`docs/doors/${environment.name}-graph.svg`, svg(drawingOfEnvironment(environment))],
    ] as const;
  });
  return new Map([
    ...pages,
    ["docs/doors/README.md", overview(environments)],
    ...format(new Map([["docs/doors/doors.schema.json", JSON.stringify(z.toJSONSchema(doorsSchema))]])),
  ]);
}

let recorded = "";
const recorder = {
  write: (text: string) => {
    recorded += text;
  },
  columns: undefined,
  colour: false,
};

function textOf(print: () => void): string {
  recorded = "";
  print();
  return recorded;
}

function overview(environments: readonly EnvironmentJson[]): string {
  const rows = Object.entries(holes).map(([hole, { severity, means }]) => [`\`${hole}\``, severity, means]);
  return [
    "# Ways in",
    "",
    "`npx foundry doors <environment>` prints every way from a network to a workload, read from the synthesized stacks",
    "alone: name, record, load balancer, listener, authentication, web ACL, rule, target group, pod, and for each hop the",
    "security group, route and network policy that let it through. What is absent is said: no TLS, no authentication.",
    "",
    "`--as table`, `--as mermaid`, `--as svg` and `--as d2` show it otherwise; `--json` prints what",
    "[doors.schema.json](doors.schema.json) describes. `--from <folder>` reads stacks that were synthesized before.",
    "",
    ...environments.map(
      ({ name }) => `- [${name}](${name}.md), [drawn](${name}.svg); [the whole environment](${name}-graph.svg)`,
    ),
    "",
    "Where a controller makes a security group or a rule itself, the trace says so: the JSON has no more of it. A VPC, a",
    "group or a web ACL made elsewhere is named and not looked into.",
    "",
    "## Holes",
    "",
    "An error ends the command with 1, and stops a synth; a warning is weak, and may be meant.",
    "",
    tableOf(["hole", "severity", "means"], rows),
    "",
  ].join("\n");
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
