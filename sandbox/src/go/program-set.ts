import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

/** A wrapper module: its `go.mod` pins one published module, from which these programs are built. */
export interface WrapperModule<Name extends string = string> {
  /** Folder of its `go.mod` and `go.sum`. */
  readonly folder: string;
  /** The published module's path; its version stands in the wrapper's `go.mod` and nowhere else. */
  readonly requires: string;
  /** Package of each program. */
  readonly packages: Partial<Readonly<Record<Name, string>>>;
  /** Variables that the linker sets, for the pinned version. */
  readonly linkerVariables: (version: string) => Readonly<Record<string, string>>;
}

/** Programs that are built and cached together. */
export interface ProgramSet<Name extends string = string> {
  /** What needs them, for messages: `the control plane`. */
  readonly purpose: string;
  readonly names: readonly Name[];
  readonly modules: readonly WrapperModule<Name>[];
}

/** The version that the wrapper's `go.mod` requires, for example `v1.35.4`. */
export function pinnedVersion(module: WrapperModule): string {
  const file = join(module.folder, "go.mod");
  const escaped = module.requires.replaceAll(/[.\\/]/g, "\\$&");
  const version = new RegExp(`^(?:require )?\\s*${escaped} (v\\S+)`, "m").exec(readFileSync(file, "utf8"))?.[1];
  if (version === undefined) {
    throw new Error(
      `${file}: no requirement of ${module.requires}. The version of the sandbox's programs is read from that line. ` +
        `Write: require ${module.requires} <version>.`,
    );
  }
  return version;
}

/** The oldest Go that builds every module of a set, for example `1.26.0`. */
export function requiredGoVersion({ modules }: ProgramSet): string {
  const versions = modules.map((module) => {
    const text = readFileSync(join(module.folder, "go.mod"), "utf8");
    return /^go (\S+)$/m.exec(text)?.[1] ?? "1.0.0";
  });
  return versions.sort(compareVersions).at(-1) ?? "1.0.0";
}

/** Negative when `left` is older. Compares the numbers of `1.26.0` or `1.26`; a missing number counts as 0. */
export function compareVersions(left: string, right: string): number {
  const [a, b] = [left, right].map((version) => version.split(".").map((part) => Number.parseInt(part, 10) || 0));
  for (const index of [0, 1, 2]) {
    const difference = (a?.[index] ?? 0) - (b?.[index] ?? 0);
    if (difference !== 0) {
      return difference;
    }
  }
  return 0;
}

/** Flags of `go build` that decide what comes out; part of the cache's key. */
export function buildFlags(module: WrapperModule): readonly string[] {
  const variables = Object.entries(module.linkerVariables(pinnedVersion(module)));
  return [
    "-mod=readonly",
    "-trimpath",
    "-buildvcs=false",
    `-ldflags=-s -w ${variables.map(([name, value]) => `-X ${name}=${value}`).join(" ")}`.trimEnd(),
  ];
}

/**
 * The folder of a set of programs inside the cache: its name changes with every pinned version, every line of the
 * wrappers' `go.mod` and `go.sum`, the build flags and the platform.
 */
export function programsFolder({ modules }: ProgramSet, cacheFolder: string): string {
  const hash = createHash("sha256").update(`${process.platform} ${process.arch}`);
  for (const module of modules) {
    hash.update(JSON.stringify([module.packages, buildFlags(module)]));
    for (const file of ["go.mod", "go.sum"]) {
      hash.update(readFileSync(join(module.folder, file)));
    }
  }
  const versions = modules.map((module) => `${basename(module.folder)}-${pinnedVersion(module)}`).join("-");
  return join(cacheFolder, `${versions}-${hash.digest("hex").slice(0, 12)}`);
}

/** That folder when every program is there, otherwise undefined. */
export function cachedFolder(set: ProgramSet, cacheFolder: string): string | undefined {
  const folder = programsFolder(set, cacheFolder);
  return set.names.every((name) => existsSync(join(folder, name))) ? folder : undefined;
}
