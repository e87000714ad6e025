import type { StackName } from "../../stacks/stack";
import type { Arguments, TerraformJson } from "./synth";

/** A Helm release as synthesized, with its values parsed. */
export interface HelmRelease {
  readonly stack: StackName;
  /** Terraform address, `helm_release.<name>`. */
  readonly address: string;
  readonly arguments: Arguments;
  readonly values: Arguments;
}

/** A custom resource as it will reach the API server. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly spec: Arguments;
  readonly release: HelmRelease;
}

/** Kinds that are in clusters of Auto Mode alone: EKS publishes no definition of them. */
export const isOfAutoMode = ({ apiVersion }: Pick<Manifest, "apiVersion">) =>
  /^(eks\.amazonaws\.com|karpenter\.sh)\//.test(apiVersion);

type Stacks = Readonly<Record<StackName, TerraformJson>>;

/** Every Helm release of an environment. */
export function helmReleases(stacks: Stacks): readonly HelmRelease[] {
  return (Object.keys(stacks) as StackName[]).flatMap((stack) =>
    Object.entries(stacks[stack].resource["helm_release"] ?? {}).map(([name, release]) => {
      const [text] = (release["values"] ?? []) as readonly string[];
      return {
        stack,
        address: `helm_release.${name}`,
        arguments: release,
        values: text === undefined ? {} : JSON.parse(text),
      };
    }),
  );
}

/** The release of one chart. */
export function releaseOf(stacks: Stacks, chart: string): HelmRelease {
  const found = helmReleases(stacks).filter((release) => release.arguments["chart"] === chart);
  const [release, ...more] = found;
  if (release === undefined || more.length > 0) throw new Error(`${found.length} releases of chart ${chart}`);
  return release;
}

/** Every custom resource of an environment. */
export function customResources(stacks: Stacks): readonly Manifest[] {
  return helmReleases(stacks).flatMap((release) =>
    ((release.values["manifests"] ?? []) as readonly Omit<Manifest, "release">[]).map((manifest) => ({
      ...manifest,
      release,
    })),
  );
}

/** The one custom resource of a kind and name. */
export function customResource(stacks: Stacks, kind: string, name: string): Manifest {
  const found = customResources(stacks).find((manifest) => manifest.kind === kind && manifest.metadata.name === name);
  if (found === undefined) throw new Error(`no ${kind} ${name}`);
  return found;
}

/** Every typed Kubernetes resource of an environment, by its Terraform type. */
export function typedResources(stacks: Stacks, type: string): readonly Arguments[] {
  return Object.values(stacks).flatMap((stack) => Object.values(stack.resource[type] ?? {}));
}

/** The typed Kubernetes resource of a type and `metadata.name`. */
export function typedResource(stacks: Stacks, type: string, name: string): Arguments {
  const found = typedResources(stacks, type).find((block) => metadataOf(block).name === name);
  if (found === undefined) throw new Error(`no ${type} named ${name}`);
  return found;
}

/** `metadata` of a typed Kubernetes resource. */
export function metadataOf(block: Arguments): {
  readonly name?: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
} {
  return block["metadata"] as ReturnType<typeof metadataOf>;
}
