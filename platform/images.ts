import { onFargate } from "../modules/cluster/fargate-selection";
import { imagesOf } from "../modules/workloads/image";
import { workloadLabels } from "../modules/workloads/labels";
import type { Environment } from "./environment";

/** An image of the environment's own registry that workloads run. */
export interface UsedImage {
  readonly repository: string;
  /** A tag, or a digest that begins with `sha256:`. */
  readonly version: string;
  /** Names of the workloads that run it. */
  readonly workloads: readonly string[];
  /** What the nodes run that it may come to, in the words of Docker and OCI. */
  readonly platforms: readonly Platform[];
}

export type Platform = "linux/amd64" | "linux/arm64";

/** Each image of the environment's registry that is run, once. */
export function usedImages(environment: Environment): readonly UsedImage[] {
  const used = new Map<
    string,
    { repository: string; version: string; workloads: string[]; platforms: Set<Platform> }
  >();
  for (const [name, workload] of Object.entries(environment.workloads)) {
    for (const image of imagesOf(workload)) {
      if (!("repository" in image)) continue;
      const version = "digest" in image ? image.digest : image.tag;
      const key = `${image.repository} ${version}`;
      const known = used.get(key) ?? { repository: image.repository, version, workloads: [], platforms: new Set() };
      if (!known.workloads.includes(name)) known.workloads.push(name);
      for (const platform of platformsOf(environment, name, workload)) known.platforms.add(platform);
      used.set(key, known);
    }
  }
  return [...used.values()].map((image) => ({ ...image, platforms: [...image.platforms].sort() }));
}

/** Built-in pools are x86; others are what they require, and both where they say nothing of it. */
function platformsOfAutoMode(autoMode: Environment["cluster"]["autoMode"]): readonly Platform[] {
  if (autoMode.kind === "off") return [];
  const own = Object.values(autoMode.ownNodePools).flatMap(({ requirements }): readonly Platform[] => {
    const values = requirements.find(({ key, operator }) => key === "kubernetes.io/arch" && operator === "In")?.values;
    const architectures = values ?? ["amd64", "arm64"];
    return [
      ...(architectures.includes("amd64") ? (["linux/amd64"] as const) : []),
      ...(architectures.includes("arm64") ? (["linux/arm64"] as const) : []),
    ];
  });
  return [...(autoMode.nodePools.length === 0 ? [] : (["linux/amd64"] as const)), ...own];
}

/** Fargate and Auto Mode's own node pools run on x86, unless a pod asks for something else, which ours do not. */
function platformsOf(
  { cluster }: Environment,
  name: string,
  workload: Environment["workloads"][string],
): readonly Platform[] {
  const { namespace } = workload;
  if (onFargate(cluster, { namespace, labels: workloadLabels(name, workload) })) return ["linux/amd64"];
  const ofGroups = Object.values(cluster.nodeGroups).map(
    ({ amiType }): Platform => (amiType.includes("_ARM_64") ? "linux/arm64" : "linux/amd64"),
  );
  const ofAutoMode = platformsOfAutoMode(cluster.autoMode);
  return [...ofGroups, ...ofAutoMode];
}
