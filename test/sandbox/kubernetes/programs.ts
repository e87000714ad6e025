import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** The folder under the user's cache folder that belongs to this project. */
export const projectName = "ingress-foundry";

export const programNames = [
  "etcd",
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
  "kubectl",
  "kwok",
  "kwokctl",
] as const;

export type ProgramName = (typeof programNames)[number];

/** Where every program of the control plane lies, as an absolute path, and which versions they are. */
export interface Programs {
  readonly folder: string;
  readonly paths: Readonly<Record<ProgramName, string>>;
  readonly kubernetesVersion: string;
}

/** A wrapper module under `go/`: its `go.mod` pins one published module, from which these programs are built. */
export interface WrapperModule {
  readonly folder: string;
  /** The published module's path; its version stands in the wrapper's `go.mod` and nowhere else. */
  readonly requires: string;
  readonly packages: Partial<Readonly<Record<ProgramName, string>>>;
  readonly linkerVariables: (version: string) => Readonly<Record<string, string>>;
}

export const wrapperModules: readonly WrapperModule[] = [
  {
    folder: "etcd",
    requires: "go.etcd.io/etcd/server/v3",
    packages: { etcd: "go.etcd.io/etcd/server/v3" },
    linkerVariables: () => ({}),
  },
  {
    folder: "kubernetes",
    requires: "k8s.io/kubernetes",
    packages: {
      "kube-apiserver": "k8s.io/kubernetes/cmd/kube-apiserver",
      "kube-controller-manager": "k8s.io/kubernetes/cmd/kube-controller-manager",
      "kube-scheduler": "k8s.io/kubernetes/cmd/kube-scheduler",
      kubectl: "k8s.io/kubernetes/cmd/kubectl",
    },
    // Without them the API server calls itself v0.0.0-master, which Helm and kubectl cannot compare with anything.
    linkerVariables: (version) => {
      const [major = "", minor = ""] = version.slice(1).split(".");
      return {
        "k8s.io/component-base/version.gitVersion": version,
        "k8s.io/component-base/version.gitMajor": major,
        "k8s.io/component-base/version.gitMinor": minor,
        "k8s.io/component-base/version.gitTreeState": "clean",
        "k8s.io/client-go/pkg/version.gitVersion": version,
      };
    },
  },
  {
    folder: "kwok",
    requires: "sigs.k8s.io/kwok",
    packages: { kwok: "sigs.k8s.io/kwok/cmd/kwok", kwokctl: "sigs.k8s.io/kwok/cmd/kwokctl" },
    linkerVariables: () => ({}),
  },
];

export function wrapperModuleFolder(module: WrapperModule): string {
  return join(__dirname, "go", module.folder);
}

/** The version that the wrapper's `go.mod` requires, for example `v1.35.4`. */
export function pinnedVersion(module: WrapperModule): string {
  const file = join(wrapperModuleFolder(module), "go.mod");
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

/** The oldest Go that builds every wrapper module, for example `1.26.0`. */
export function requiredGoVersion(): string {
  const versions = wrapperModules.map((module) => {
    const text = readFileSync(join(wrapperModuleFolder(module), "go.mod"), "utf8");
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

/** `$XDG_CACHE_HOME/<project>/sandbox`, `~/.cache/<project>/sandbox` when the variable is not set. */
export function defaultCacheFolder(): string {
  const base = process.env["XDG_CACHE_HOME"];
  return join(base === undefined || base === "" ? join(homedir(), ".cache") : base, projectName, "sandbox");
}

/**
 * The folder of this set of programs inside the cache: its name changes with every pinned version, every line of the
 * wrappers' `go.mod` and `go.sum`, the build flags and the platform.
 */
export function programsFolder(cacheFolder: string = defaultCacheFolder()): string {
  const hash = createHash("sha256").update(`${process.platform} ${process.arch}`);
  for (const module of wrapperModules) {
    hash.update(JSON.stringify([module.packages, buildFlags(module)]));
    for (const file of ["go.mod", "go.sum"]) {
      hash.update(readFileSync(join(wrapperModuleFolder(module), file)));
    }
  }
  const versions = wrapperModules.map((module) => `${module.folder}-${pinnedVersion(module)}`).join("-");
  return join(cacheFolder, `${versions}-${hash.digest("hex").slice(0, 12)}`);
}

/** The programs when they are already built for exactly the pinned versions, otherwise undefined. */
export function cachedPrograms(cacheFolder?: string): Programs | undefined {
  const folder = programsFolder(cacheFolder);
  const pathOf = (name: ProgramName) => join(folder, name);
  if (!programNames.every((name) => existsSync(pathOf(name)))) {
    return undefined;
  }
  const kubernetes = wrapperModules.find((module) => module.requires === "k8s.io/kubernetes");
  return {
    folder,
    paths: {
      etcd: pathOf("etcd"),
      "kube-apiserver": pathOf("kube-apiserver"),
      "kube-controller-manager": pathOf("kube-controller-manager"),
      "kube-scheduler": pathOf("kube-scheduler"),
      kubectl: pathOf("kubectl"),
      kwok: pathOf("kwok"),
      kwokctl: pathOf("kwokctl"),
    },
    kubernetesVersion: kubernetes === undefined ? "" : pinnedVersion(kubernetes),
  };
}
