import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";

const root = join(__dirname, "..");
const manifests = ["package.json", "sandbox/package.json", "e2e/package.json"];

const locked = z.object({
  version: z.string().optional(),
  license: z.string().optional(),
  resolved: z.string().optional(),
  link: z.boolean().optional(),
  hasInstallScript: z.boolean().optional(),
  inBundle: z.boolean().optional(),
  integrity: z.string().optional(),
});
const lock = z.object({ packages: z.record(z.string(), locked) });
const versions = z.record(z.string(), z.string()).default({});
const manifest = z.object({
  dependencies: versions,
  devDependencies: versions,
  allowScripts: z.record(z.string(), z.boolean()).default({}),
});

const read = (file: string): unknown => JSON.parse(readFileSync(join(root, file), "utf8"));
const packages = Object.entries(lock.parse(read("package-lock.json")).packages).map(([path, entry]) => ({
  path,
  name: path.replace(/^.*node_modules\//, ""),
  ...entry,
}));

/** Licences that ask for no more than their text and a notice, or, as MPL-2.0 does, for changes of its own files. */
const permissive = new Set([
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC-BY-4.0",
  "CC0-1.0",
  "ISC",
  "MIT",
  "MPL-2.0",
  "Public Domain",
  "Python-2.0",
  "Unlicense",
]);

/** Whether a licence, or one of those to choose from, is permissive; an expression of another form is not. */
function isPermissive(expression: string): boolean {
  return expression
    .replace(/^\((.*)\)$/, "$1")
    .split(" OR ")
    .some((choice) => choice.split(" AND ").every((licence) => permissive.has(licence)));
}

describe("what the project depends on", () => {
  it("brings the types of what the product imports where the sandbox stays away, for synth checks types", () => {
    const { dependencies, devDependencies } = manifest.parse(read("package.json"));
    const typesOf = (name: string) => `@types/${name.replace("@", "").replace("/", "__")}`;
    const left = Object.keys(dependencies).filter((name) => devDependencies[typesOf(name)] !== undefined);
    expect(left).toEqual([]);
  });

  it("is under licences that go with its own, in every package that npm installs", () => {
    const others = packages.filter(({ link, license = "none" }) => link !== true && !isPermissive(license));
    expect(others.map(({ path, license }) => `${path}: ${license}`)).toEqual([]);
  });

  it.each([
    ["AGPL-3.0-or-later", false],
    ["(MIT OR GPL-3.0-or-later)", true],
    ["Apache-2.0 AND GPL-3.0-only", false],
    ["Apache-2.0 AND MIT", true],
    ["SEE LICENSE IN LICENSE.md", false],
  ])("a licence %s may be used: %s", (licence, allowed) => {
    expect(isPermissive(licence)).toBe(allowed);
  });

  it("comes from whichever registry npm is set to: the lock file names none", () => {
    const addresses = packages.flatMap(({ resolved }) => (resolved?.includes(":") ? [resolved] : []));
    expect(addresses).toEqual([]);
  });

  it("is held to its bytes: every package has its integrity, but for what comes inside of another", () => {
    const loose = packages.filter(
      ({ path, link, inBundle, integrity }) =>
        path.includes("node_modules/") && link !== true && inBundle !== true && integrity === undefined,
    );
    expect(loose.map(({ path }) => path)).toEqual([]);
  });

  it("runs an install script only where package.json has decided on it", () => {
    const withScript = new Set(
      packages.filter(({ hasInstallScript }) => hasInstallScript === true).map(({ name }) => name),
    );
    expect(Object.keys(manifest.parse(read("package.json")).allowScripts).sort()).toEqual([...withScript].sort());
  });

  it("is installed without any of them: what passes here passes with --ignore-scripts", () => {
    expect(readFileSync(join(root, ".npmrc"), "utf8").split("\n")).toContain("ignore-scripts=true");
  });

  it.each(manifests)("is named in %s by its exact version", (file) => {
    const { dependencies, devDependencies } = manifest.parse(read(file));
    const ranges = Object.entries({ ...dependencies, ...devDependencies }).filter(
      ([, version]) => !/^((npm:@?[\w/-]+@)?\d+\.\d+\.\d+|file:commands\/launcher)$/.test(version),
    );
    expect(ranges).toEqual([]);
  });

  it("has a line in docs/dependencies.md that says what for", () => {
    const text = readFileSync(join(root, "docs", "dependencies.md"), "utf8");
    const names = manifests.flatMap((file) => {
      const { dependencies, devDependencies } = manifest.parse(read(file));
      return Object.keys({ ...dependencies, ...devDependencies });
    });
    expect(names.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
  });
});
