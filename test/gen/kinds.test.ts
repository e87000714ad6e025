import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { kinds } from "../../tools/gen/kinds";
import { fileOf } from "../../tools/gen/print";
import { goldenNames, stacksOf } from "../support/environments";
import { customResources, isOfAutoMode, type Manifest } from "../support/kubernetes-objects";

const listed = Object.entries(kinds).flatMap(([apiVersion, names]) => names.map((kind) => ({ apiVersion, kind })));

/** Objects that an environment writes itself have the types that it gives them. */
const isOurs = ({ release }: { readonly release: { readonly address: string } }) =>
  !release.address.startsWith("helm_release.manifest_");

/** Kubernetes' own kinds that its Terraform provider has no resource for go the same way, and have no CRD. */
const isCustom = (manifest: Manifest) =>
  !manifest.apiVersion.startsWith("admissionregistration.") && !isOfAutoMode(manifest);

/** Types below `.gen` that the product's sources import. */
function imported(): ReadonlySet<string> {
  const texts = ["modules", "platform", "stacks", "commands"].flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
      .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), "utf8")),
  );
  return new Set(texts.flatMap((text) => [...text.matchAll(/\/\.gen\/([^"]+)"/g)].map(([, file]) => `${file}.ts`)));
}

describe("the kinds that have types", () => {
  it("are each used by the product", () => {
    const used = imported();
    expect(listed.map(fileOf).filter((file) => !used.has(file))).toEqual([]);
  });

  it("are all that the product uses, and all that is in .gen but what they share", () => {
    const shared = ["custom-resource.ts", "json.ts"];
    const generated = readdirSync(".gen", { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.posix.join(path.relative(".gen", entry.parentPath), entry.name));
    const expected = listed.map(fileOf);
    expect([...imported()].filter((file) => ![...expected, ...shared].includes(file))).toEqual([]);
    expect(generated.sort()).toEqual([...expected, ...shared].sort());
  });

  it.each(goldenNames)("are all that %s emits", (name) => {
    const emitted = new Set(customResources(stacksOf(name)).filter(isOurs).filter(isCustom).map(fileOf));
    expect([...emitted].filter((file) => !listed.map(fileOf).includes(file))).toEqual([]);
  });
});
