import { join } from "node:path";
import { sandboxCacheFolder } from "../../cache-folder";
import { type BuildOptions, buildProgramSet } from "../../go/build";
import { cachedFolder, type ProgramSet } from "../../go/program-set";
import { kubernetesModule } from "../../kubernetes/programs";

const names = ["kubelet", "kube-proxy"] as const;

type NodeProgramName = (typeof names)[number];

/** What a node runs of Kubernetes: of the same version as the control plane. */
export const nodeProgramSet: ProgramSet<NodeProgramName> = {
  purpose: "a node that runs pods",
  names,
  modules: [
    kubernetesModule(join(__dirname, "go", "node"), {
      kubelet: "k8s.io/kubernetes/cmd/kubelet",
      "kube-proxy": "k8s.io/kubernetes/cmd/kube-proxy",
    }),
  ],
};

export type NodePrograms = Readonly<Record<NodeProgramName, string>>;

/** The programs, built unless the cache has them; see {@link buildProgramSet}. */
export async function buildNodePrograms(options: BuildOptions): Promise<NodePrograms> {
  return programsIn(await buildProgramSet(nodeProgramSet, options));
}

/** The programs when they are built, otherwise undefined. */
export function cachedNodePrograms(cacheFolder: string = sandboxCacheFolder()): NodePrograms | undefined {
  const folder = cachedFolder(nodeProgramSet, cacheFolder);
  return folder === undefined ? undefined : programsIn(folder);
}

function programsIn(folder: string): NodePrograms {
  return { kubelet: join(folder, "kubelet"), "kube-proxy": join(folder, "kube-proxy") };
}
