import { Release } from "@cdktf/provider-helm/lib/release";
import { AssetType, type ITerraformDependable, TerraformAsset, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import type { CustomResource } from "../../.gen/custom-resource";

export interface CustomResourcesProps {
  /** Name of the Helm release that carries the resources. */
  readonly releaseName: string;
  /** Namespace of the release; a resource may name another. */
  readonly namespace: string;
  /** The resources, typed by `.gen`. Strings may hold Terraform references. */
  readonly manifests: readonly CustomResource[];
  /** What must be there first. Default: nothing. */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/** Relative to the folder of `cdktf.json`. */
const chartFolder = "modules/kubernetes/chart";

/** As its Chart.yaml has it. */
const chartVersion = "1.0.0";

/** The stack's one copy of the chart that prints its values. */
function makeManifestsChart(scope: Construct): TerraformAsset {
  const stack = TerraformStack.of(scope);
  const existing = stack.node.tryFindChild("manifests-chart");
  if (existing instanceof TerraformAsset) return existing;
  return new TerraformAsset(stack, "manifests-chart", { path: chartFolder, type: AssetType.DIRECTORY });
}

/**
 * Custom resources as one release of a small local chart. Unlike `kubernetes_manifest` it plans before the CRDs
 * exist and against a cluster that cannot be reached, and the plan shows the manifests.
 */
export class CustomResources extends Construct {
  readonly ready: ITerraformDependable;

  constructor(scope: Construct, id: string, props: CustomResourcesProps) {
    super(scope, id);
    this.ready = new Release(this, "Resource", {
      name: props.releaseName,
      namespace: props.namespace,
      chart: `./${makeManifestsChart(this).path}`,
      // Without it the provider asks the cluster which version is installed, and cannot plan before there is one.
      version: chartVersion,
      values: [JSON.stringify({ manifests: props.manifests })],
      atomic: true,
      wait: true,
      timeout: 300,
      upgradeInstall: true,
      maxHistory: 10,
      dependsOn: [...(props.dependsOn ?? [])],
    });
  }
}
