import { type Block, placeOf } from "../terraform-json/environment-json";
import { at, mapAt, textAt } from "../terraform-json/json";
import type { Landscape } from "./landscape";
import type { Finding, Hop } from "./way";

/** What a record can lead to. */
export type RecordTarget =
  | { readonly kind: "stack"; readonly madeFrom: "service" | "ingress"; readonly name: string }
  | { readonly kind: "block"; readonly block: Block };

const externalDns = "external-dns.alpha.kubernetes.io/hostname";

/** Name and record of a host, as far as the environment makes them. */
export function recordHops(
  landscape: Landscape,
  host: string | undefined,
  targets: readonly RecordTarget[],
  annotations: Readonly<Record<string, string>> = {},
): readonly Hop[] {
  if (host === undefined || host === "*") {
    return [{ stop: "name", says: "every host, by the load balancer's own name", passages: [] }];
  }
  const records = landscape.blocks("aws_route53_record").filter((block) => textAt(block.arguments, "name") === host);
  const leading = records.filter((block) => targets.some((target) => leadsTo(landscape, block, target)));
  const named: Hop = { stop: "name", says: host, passages: [] };
  const [record] = leading;
  if (record !== undefined) {
    const types = leading.map((block) => textAt(block.arguments, "type")).join(" and ");
    return [named, { stop: "record", says: `alias record ${types} in Route 53`, place: placeOf(record), passages: [] }];
  }
  if (annotations[externalDns]?.split(",").includes(host)) {
    return [named, { stop: "record", says: "record that ExternalDNS makes", passages: [] }];
  }
  return [named, { stop: "record", says: "no record made here", passages: [] }];
}

/** Records that lead to something that is not there, or to nothing that a way passes. */
export function strayRecords(landscape: Landscape, targets: readonly RecordTarget[]): readonly Finding[] {
  return landscape
    .blocks("aws_route53_record")
    .filter((block) => at(block.arguments, "alias") !== undefined)
    .filter((block) => !targets.some((target) => leadsTo(landscape, block, target)))
    .map((block) => ({
      hole: "record-leads-nowhere" as const,
      says: `The record ${textAt(block.arguments, "name")} leads to no door of this environment.`,
      place: placeOf(block),
    }));
}

function leadsTo(landscape: Landscape, record: Block, target: RecordTarget): boolean {
  const found = landscape.follow(record, at(record.arguments, "alias", "name"));
  if (found === undefined) return false;
  if (target.kind === "block") return placeOf(found) === placeOf(target.block);
  if (found.type === "aws_lb" && found.mode === "data") {
    return mapAt(found.arguments, "tags")[`${target.madeFrom}.k8s.aws/stack`] === target.name;
  }
  const metadata = at(found.arguments, "metadata");
  const name = `${textAt(metadata, "namespace") ?? "default"}/${textAt(metadata, "name")}`;
  const kind = target.madeFrom === "service" ? "kubernetes_service_v1" : "kubernetes_ingress_v1";
  return found.type === kind && name === target.name;
}
