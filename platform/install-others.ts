import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { CustomResources } from "../modules/kubernetes/custom-resources";
import { identityOf, type KubernetesObject } from "../modules/manifests/objects";
import { inOrder, type Waiting } from "../modules/releases/order";
import { OtherRelease, type OtherReleaseProps } from "../modules/releases/release";
import type { Environment } from "./environment";

type Installing = Pick<Environment, "releases" | "manifests">;

/** Everything of the controllers stack that an environment installs beside the controllers, by the names of `after`. */
export function installations({ releases, manifests }: Installing): Readonly<Record<string, Waiting>> {
  const prefixed = <T>(prefix: string, table: Readonly<Record<string, T>>) =>
    Object.entries(table).map(([name, options]) => [`${prefix}.${name}`, options] as const);
  return Object.fromEntries<Waiting>([
    ...prefixed("releases", releases),
    ...prefixed("manifests", manifests).filter(([, { stack }]) => stack === "controllers"),
  ]);
}

export interface InstallOthersProps extends Pick<OtherReleaseProps, "facts" | "annotated" | "chartMirror"> {
  readonly roleArnOf: (release: string) => string | undefined;
  /** What a release in a namespace waits for. */
  readonly namespace: (name: string) => readonly ITerraformDependable[];
  /** What is there when a controller is; undefined where the environment does not have it. */
  readonly controller: (name: string) => ITerraformDependable | undefined;
}

/** Installs every chart and every manifest of the controllers stack, each after what it waits for. */
export function installOthers(scope: Construct, environment: Installing, props: InstallOthersProps): void {
  const releaseScope = new Construct(scope, "release");
  const manifestScope = new Construct(scope, "manifest");
  const made = new Map<string, ITerraformDependable>();
  const table = installations(environment);
  for (const ref of inOrder(table)) {
    const [kind, name = ""] = ref.split(".");
    const before = (table[ref]?.after ?? []).flatMap((other) => {
      const ready = made.get(other) ?? props.controller(other.replace(/^controllers\./, ""));
      return ready === undefined ? [] : [ready];
    });
    const { releases, manifests } = environment;
    const release = kind === "releases" ? releases[name] : undefined;
    const manifest = kind === "manifests" ? manifests[name] : undefined;
    if (release !== undefined) {
      const dependsOn = [...props.namespace(release.namespace), ...before];
      const roleArn = release.credentials === undefined ? undefined : props.roleArnOf(name);
      made.set(ref, new OtherRelease(releaseScope, name, { ...props, name, release, roleArn, dependsOn }).ready);
    }
    if (manifest !== undefined) {
      const dependsOn = [...props.namespace(manifest.namespace), ...before];
      made.set(ref, makeManifest(manifestScope, name, manifest, dependsOn));
    }
  }
}

/** Objects of an environment's own as one release. */
export function makeManifest(
  scope: Construct,
  name: string,
  { namespace, objects }: Environment["manifests"][string],
  dependsOn: readonly ITerraformDependable[],
): ITerraformDependable {
  return new CustomResources(scope, name, {
    releaseName: name,
    namespace,
    manifests: objects.map(asManifest),
    dependsOn,
  }).ready;
}

function asManifest(object: KubernetesObject) {
  const { apiVersion, kind, name } = identityOf(object);
  const { metadata } = object;
  return { ...object, apiVersion, kind, metadata: { ...Object(metadata), name } };
}
