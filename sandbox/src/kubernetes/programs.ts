import { join } from "node:path";
import { sandboxCacheFolder } from "../cache-folder";
import { type BuildOptions, buildProgramSet } from "../go/build";
import { cachedFolder, type ProgramSet, pinnedVersion, type WrapperModule } from "../go/program-set";

const programNames = [
  "etcd",
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
  "kubectl",
  "kwok",
  "kwokctl",
] as const;

type ProgramName = (typeof programNames)[number];

/** Where every program of the control plane lies, as an absolute path, and which versions they are. */
export interface Programs {
  readonly folder: string;
  readonly paths: Readonly<Record<ProgramName, string>>;
  readonly kubernetesVersion: string;
}

const wrapperFolder = (name: string) => join(__dirname, "go", name);

/** Programs of Kubernetes, by the wrapper module that pins it for them. */
export const kubernetesModule = <Name extends string>(
  folder: string,
  packages: Readonly<Record<Name, string>>,
): WrapperModule<Name> => ({
  folder,
  requires: "k8s.io/kubernetes",
  packages,
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
});

const kubernetes = kubernetesModule(wrapperFolder("kubernetes"), {
  "kube-apiserver": "k8s.io/kubernetes/cmd/kube-apiserver",
  "kube-controller-manager": "k8s.io/kubernetes/cmd/kube-controller-manager",
  "kube-scheduler": "k8s.io/kubernetes/cmd/kube-scheduler",
  kubectl: "k8s.io/kubernetes/cmd/kubectl",
});

export const controlPlanePrograms: ProgramSet<ProgramName> = {
  purpose: "the control plane",
  names: programNames,
  modules: [
    {
      folder: wrapperFolder("etcd"),
      requires: "go.etcd.io/etcd/server/v3",
      packages: { etcd: "go.etcd.io/etcd/server/v3" },
      linkerVariables: () => ({}),
    },
    kubernetes,
    {
      folder: wrapperFolder("kwok"),
      requires: "sigs.k8s.io/kwok",
      packages: { kwok: "sigs.k8s.io/kwok/cmd/kwok", kwokctl: "sigs.k8s.io/kwok/cmd/kwokctl" },
      linkerVariables: () => ({}),
    },
  ],
};

/** The control plane's programs, built unless the cache has them; see {@link buildProgramSet}. */
export async function buildPrograms(options: BuildOptions = {}): Promise<Programs> {
  return programsIn(await buildProgramSet(controlPlanePrograms, options));
}

/** The programs when they are already built for exactly the pinned versions, otherwise undefined. */
export function cachedPrograms(cacheFolder: string = sandboxCacheFolder()): Programs | undefined {
  const folder = cachedFolder(controlPlanePrograms, cacheFolder);
  return folder === undefined ? undefined : programsIn(folder);
}

function programsIn(folder: string): Programs {
  const path = (name: ProgramName) => join(folder, name);
  return {
    folder,
    paths: {
      etcd: path("etcd"),
      "kube-apiserver": path("kube-apiserver"),
      "kube-controller-manager": path("kube-controller-manager"),
      "kube-scheduler": path("kube-scheduler"),
      kubectl: path("kubectl"),
      kwok: path("kwok"),
      kwokctl: path("kwokctl"),
    },
    kubernetesVersion: pinnedVersion(kubernetes),
  };
}
