import type { Landscape } from "../../doors/landscape";
import { placeOf } from "../../terraform-json/environment-json";
import { type JsonObject, textAt } from "../../terraform-json/json";
import type { Release } from "../../terraform-json/kubernetes-objects";
import { fieldChanges } from "../fields";
import type { ChartChange, ManifestChange } from "../model";
import { byText, canonical, meaning } from "../normalise";
import type { Rendered, Renderer } from "./helm";

/**
 * Charts of which another version is installed, with what that changes in what they make.
 * Labels that carry a version in every object are left out.
 */
export function chartChanges(before: Landscape, after: Landscape, render: Renderer): readonly ChartChange[] {
  return after.releases.flatMap((now): readonly ChartChange[] => {
    const old = before.releases.find(({ block }) => placeOf(block) === placeOf(now.block));
    if (old === undefined || (old.version === now.version && old.chart === now.chart)) return [];
    const bump = { place: placeOf(now.block), chart: now.chart, before: versionOf(old), after: versionOf(now) };
    const rendered = [render(old, kubernetesOf(before)), render(now, kubernetesOf(after))] as const;
    const unknown = rendered.find((one) => one.kind === "unknown");
    if (unknown !== undefined) return [{ ...bump, manifests: [], unknown: unknown.why }];
    return [{ ...bump, manifests: manifestChanges(...rendered) }];
  });
}

const versionOf = ({ chart, version }: Release) => `${chart} ${version ?? "of any version"}`;

function kubernetesOf(landscape: Landscape): string | undefined {
  return textAt(landscape.blocks("aws_eks_cluster")[0]?.arguments, "version");
}

function manifestChanges(before: Rendered, after: Rendered): readonly ManifestChange[] {
  const [old, now] = [byName(before), byName(after)];
  return [...new Set([...old.keys(), ...now.keys()])].sort(byText).flatMap((name): readonly ManifestChange[] => {
    const [was, is] = [old.get(name), now.get(name)];
    if (was === undefined) return [{ name, action: "add", fields: [] }];
    if (is === undefined) return [{ name, action: "remove", fields: [] }];
    const [from, to] = [meaning("", was), meaning("", is)];
    if (canonical(from) === canonical(to)) return [];
    const fields = fieldChanges(from, to).filter(
      ({ path }) => !/labels.*(helm\.sh\/chart|app\.kubernetes\.io\/version)/.test(path),
    );
    return fields.length === 0 ? [] : [{ name, action: "change", fields }];
  });
}

function byName(rendered: Rendered): ReadonlyMap<string, JsonObject> {
  const manifests = rendered.kind === "manifests" ? rendered.manifests : [];
  return new Map(
    manifests.map((manifest) => {
      const namespace = textAt(manifest, "metadata", "namespace");
      const name = textAt(manifest, "metadata", "name") ?? "";
      return [`${textAt(manifest, "kind")} ${namespace === undefined ? "" : `${namespace}/`}${name}`, manifest];
    }),
  );
}
