import { Landscape } from "../doors/landscape";
import { saysTls } from "../doors/text";
import { traceOf } from "../doors/trace";
import { saysOrigin, type Way } from "../doors/way";
import { type Change, type Drawing, DrawingBuilder } from "../drawing/drawing";
import { folded } from "../drawing/fold";
import { type Block, type EnvironmentJson, placeOf } from "../terraform-json/environment-json";
import { listAt, textAt } from "../terraform-json/json";
import { firstSize } from "../terraform-json/node-group-size";

/** What became of blocks, by `<stack>: <address>`, and of ways, by `way <id>`; everything is as it was without it. */
export type Changes = ReadonlyMap<string, Change>;

const kindsOfPods = ["Deployment", "StatefulSet", "DaemonSet"];

/** An environment drawn: network, cluster, machines, controllers, workloads, and the ways in. */
export function drawingOfEnvironment(environment: EnvironmentJson, changes: Changes = new Map()): Drawing {
  const landscape = new Landscape(environment);
  const builder = new DrawingBuilder(`The environment ${environment.name}`);
  const changed = (key: string) => {
    const change = changes.get(key);
    return change === undefined ? {} : { change };
  };
  drawNetwork(builder, landscape, changed);
  drawCluster(builder, landscape, changed);
  for (const way of traceOf(environment).ways) drawWay(builder, way, changed);
  return folded(builder.drawing());
}

type Changed = (key: string) => { readonly change?: Change };

function drawNetwork(builder: DrawingBuilder, landscape: Landscape, changed: Changed): void {
  const vpc = builder.group("vpc", `VPC ${landscape.network.vpcCidr ?? "made elsewhere"}`);
  for (const { block, place, role, cidr, internetRoute } of landscape.network.subnets) {
    const zone = textAt(block.arguments, "availability_zone") ?? "";
    const within = builder.group(`zone ${zone}`, zone, vpc);
    builder.node(`block ${place}`, {
      kind: "network",
      lines: [
        `${role} subnet`,
        cidr,
        internetRoute === undefined ? "no route from the internet" : "routed from the internet",
      ],
      group: within,
      ...changed(place),
    });
  }
  for (const block of landscape.blocks("aws_nat_gateway")) {
    builder.node(`block ${placeOf(block)}`, {
      kind: "network",
      lines: ["NAT gateway", block.name],
      group: vpc,
      ...changed(placeOf(block)),
    });
  }
}

function drawCluster(builder: DrawingBuilder, landscape: Landscape, changed: Changed): void {
  const [cluster] = landscape.blocks("aws_eks_cluster");
  if (cluster === undefined) return;
  const version = textAt(cluster.arguments, "version");
  const group = builder.group(
    "cluster",
    `EKS ${textAt(cluster.arguments, "name")}${version === undefined ? "" : ` ${version}`}`,
  );
  builder.node("api server", {
    kind: "workload",
    lines: ["Kubernetes API server"],
    group,
    ...changed(placeOf(cluster)),
  });
  const machines = builder.group("machines", "Machines", group);
  for (const block of landscape.blocks("aws_eks_node_group")) {
    builder.node(`block ${placeOf(block)}`, {
      kind: "machine",
      lines: nodeGroupLines(block),
      group: machines,
      ...changed(placeOf(block)),
    });
  }
  for (const block of landscape.blocks("aws_eks_fargate_profile")) {
    builder.node(`block ${placeOf(block)}`, {
      kind: "machine",
      lines: [`Fargate ${textAt(block.arguments, "fargate_profile_name")}`],
      group: machines,
      ...changed(placeOf(block)),
    });
  }
  const controllers = builder.group("controllers", "Controllers", group);
  for (const { chart, version: release, block } of landscape.releases) {
    builder.node(`block ${placeOf(block)}`, {
      kind: "inside",
      lines: [chart, release ?? ""],
      group: controllers,
      ...changed(placeOf(block)),
    });
  }
  for (const pods of landscape.objects.filter(({ kind }) => kindsOfPods.includes(kind))) {
    builder.node(`workload ${pods.namespace}/${pods.name}`, {
      kind: "workload",
      lines: [
        pods.name,
        ...listAt(pods.spec, "template", "spec", "containers").map((container) => image(textAt(container, "image"))),
      ],
      group: builder.group(`namespace ${pods.namespace}`, `namespace ${pods.namespace}`, group),
      ...changed(placeOf(pods.block)),
    });
  }
}

/** An image by its last part; where it is from is a reference. */
const image = (text = "") =>
  text
    .split("/")
    .at(-1)
    ?.replace(/^\$\{.*\.([\w-]+)\}/, "$1") ?? "";

function nodeGroupLines(block: Block): readonly string[] {
  const { arguments: given } = block;
  const limit = (name: string) => textAt(given, "scaling_config", name);
  const size = [limit("min_size"), firstSize(given), limit("max_size")].map((count) => count ?? "?").join(" to ");
  return [
    `node group ${textAt(given, "node_group_name") ?? block.name}`,
    listAt(given, "instance_types").map(String).join(", "),
    `${size}${textAt(given, "capacity_type") === "SPOT" ? ", Spot" : ""}`,
  ];
}

function drawWay(builder: DrawingBuilder, way: Way, changed: Changed): void {
  const title =
    way.hops.find(({ stop }) => stop === "load-balancer" || stop === "distribution" || stop === "api")?.says ??
    way.kind;
  const name = way.hops.find(({ stop }) => stop === "name")?.says ?? "";
  const door = builder.node(`way ${way.id}`, {
    kind: way.findings.length > 0 ? "gate" : "entrance",
    lines: [title, name, saysTls(way), way.authentication ?? "no authentication"],
    ...changed(`way ${way.id}`),
  });
  for (const origin of way.from) {
    const from = builder.node(`origin ${saysOrigin(origin)}`, { kind: "origin", lines: [saysOrigin(origin)] });
    builder.edge({ from, to: door, ...changed(`way ${way.id}`) });
  }
  const [target] = way.workload?.split(":") ?? [];
  if (target === undefined) return;
  const to =
    target === "Kubernetes API server"
      ? builder.node("api server", { kind: "workload", lines: [target] })
      : builder.node(`workload ${target}`, { kind: "workload", lines: [target] });
  builder.edge({ from: door, to, ...changed(`way ${way.id}`) });
}
