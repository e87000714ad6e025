import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { runProgram } from "../../program/child";
import { Refusal } from "../../program/errors";
import type { Surroundings } from "../../program/surroundings";
import { isObject, type JsonObject, textAt } from "../../terraform-json/json";
import type { Release } from "../../terraform-json/kubernetes-objects";

/** What a release's chart makes of its values: objects of Kubernetes, or why that cannot be said. */
export type Rendered =
  | { readonly kind: "manifests"; readonly manifests: readonly JsonObject[] }
  | { readonly kind: "unknown"; readonly why: string };

export type Renderer = (release: Release, kubernetesVersion: string | undefined) => Rendered;

/** Renders with the `helm` on the PATH, which fetches the chart from the release's own repository. */
export function helmRenderer(surroundings: Pick<Surroundings, "root" | "variables">): Renderer {
  return (release, kubernetesVersion) => {
    const folder = mkdtempSync(join(tmpdir(), "chart-"));
    try {
      const values = join(folder, "values.json");
      writeFileSync(values, JSON.stringify(release.values));
      const { status, stdout, stderr } = runProgram(surroundings, "helm", [
        ...["template", release.name, ...chartOf(release), "--namespace", release.namespace, "--values", values],
        ...(release.version === undefined ? [] : ["--version", release.version]),
        ...(kubernetesVersion === undefined ? [] : ["--kube-version", kubernetesVersion]),
        ...(textAt(release.block.arguments, "skip_crds") === "true" ? [] : ["--include-crds"]),
      ]);
      if (status === 0) return { kind: "manifests", manifests: objectsIn(stdout) };
      return { kind: "unknown", why: `helm could not render it (${lastLine(stderr)})` };
    } catch (error) {
      if (error instanceof Refusal) return { kind: "unknown", why: "no helm is on the PATH" };
      throw error;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
}

function chartOf({ chart, block }: Release): readonly string[] {
  const repository = textAt(block.arguments, "repository");
  if (repository === undefined) return [chart];
  return repository.startsWith("oci://") ? [`${repository}/${chart}`] : [chart, "--repo", repository];
}

function objectsIn(text: string): readonly JsonObject[] {
  return parseAllDocuments(text).flatMap((document): readonly JsonObject[] => {
    const object: unknown = "toJS" in document ? document.toJS() : undefined;
    return isObject(object) && typeof object["kind"] === "string" ? [object] : [];
  });
}

const lastLine = (text: string) => text.trim().split("\n").at(-1) ?? "";
