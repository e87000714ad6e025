import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { compareVersions, pinnedVersion, programsFolder } from "../../src/go/program-set";
import { buildPrograms, cachedPrograms, controlPlanePrograms } from "../../src/kubernetes/programs";

let scratch: string;
let path: string | undefined;

beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), "build-test-"));
  path = process.env["PATH"];
});

afterEach(() => {
  process.env["PATH"] = path;
  rmSync(scratch, { recursive: true, force: true });
});

/** Puts a stand-in for the Go tool before everything else on the PATH. */
function fakeGo(version: string, onBuild: string): void {
  const folder = join(scratch, "bin");
  mkdirSync(folder);
  const script = `#!/bin/sh\nif [ "$1" = env ]; then echo ${version}; exit 0; fi\n${onBuild}\n`;
  writeFileSync(join(folder, "go"), script);
  chmodSync(join(folder, "go"), 0o755);
  process.env["PATH"] = `${folder}${delimiter}${path}`;
}

/** Writes the programs that were asked for: into a folder under their packages' names, or to the one file. */
const writeOutputs = `
while [ "$1" != -o ]; do shift; done
case "$2" in
  */) out="$2"; shift 2; for package in "$@"; do touch "$out$(basename "$package")"; done ;;
  *) touch "$2" ;;
esac`;

describe("building the control plane", () => {
  it("without Go on the PATH is refused with what to install", async () => {
    process.env["PATH"] = scratch;
    await expect(buildPrograms({ cacheFolder: scratch })).rejects.toThrow(/`go` is not on the PATH.*Install Go 1\.\d+/);
  });

  it("with a Go that is too old is refused with the version it needs", async () => {
    fakeGo("go1.20.3", "exit 1");
    await expect(buildPrograms({ cacheFolder: scratch })).rejects.toThrow(/"go1\.20\.3".*Install Go 1\.\d+/);
  });

  it("passes Go's own words on when Go cannot build", async () => {
    fakeGo("go1.99.0", "echo missing go.sum entry; exit 1");
    await expect(buildPrograms({ cacheFolder: scratch })).rejects.toThrow(/missing go\.sum entry/);
    expect(cachedPrograms(scratch)).toBeUndefined();
  });

  it("takes every program from the cache the second time, without Go", async () => {
    fakeGo("go1.99.0", writeOutputs);
    const built = await buildPrograms({ cacheFolder: scratch });
    process.env["PATH"] = "";
    expect(await buildPrograms({ cacheFolder: scratch })).toEqual(built);
    expect(Object.values(built.paths).every((file) => existsSync(file))).toBe(true);
  });

  it("leaves no half cache when it is ended on the way", async () => {
    const stop = new AbortController();
    const cacheFolder = join(scratch, "cache");
    fakeGo("go1.99.0", `${writeOutputs}\nexec sleep 60`);
    const building = buildPrograms({ cacheFolder, signal: stop.signal });
    const outcome = expect(building).rejects.toThrow();
    await vi.waitFor(() => expect(readdirSync(cacheFolder, { recursive: true })).toHaveLength(2));
    stop.abort();
    await outcome;
    expect(readdirSync(cacheFolder)).toEqual([]);
  });

  it("removes what a killed build left and nothing of a build that still runs", async () => {
    const deadProcess = 2 ** 22 + 1;
    mkdirSync(join(scratch, `.building-${deadProcess}-abc`));
    mkdirSync(join(scratch, `.building-${process.pid}-abc`));
    fakeGo("go1.99.0", writeOutputs);
    await buildPrograms({ cacheFolder: scratch });
    const staging = readdirSync(scratch).filter((name) => name.startsWith(".building"));
    expect(staging).toEqual([`.building-${process.pid}-abc`]);
  });
});

describe("the cache's folder", () => {
  it("names every pinned version", () => {
    for (const module of controlPlanePrograms.modules) {
      const named = `${basename(module.folder)}-${pinnedVersion(module)}`;
      expect(programsFolder(controlPlanePrograms, scratch)).toContain(named);
    }
  });
});

describe("comparing versions", () => {
  it.each([
    ["1.26", "1.26.0", 0],
    ["1.9.9", "1.26.0", -1],
    ["1.27", "1.26.8", 1],
  ])("%s against %s", (left, right, sign) => {
    expect(Math.sign(compareVersions(left, right))).toBe(sign);
  });
});
