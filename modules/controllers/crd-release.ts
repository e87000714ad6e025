import { Release } from "@cdktf/provider-helm/lib/release";
import { AssetType, type ITerraformDependable, TerraformAsset } from "cdktf";
import { Construct } from "constructs";
import type { Component } from "../lifecycle/components";

/** A chart of this project that holds CustomResourceDefinitions as templates. Made by `tools/crd-charts`. */
export interface CrdChart {
  /** Name of chart and release. */
  readonly name: string;
  /** Folder of the chart, relative to that of `cdktf.json`. */
  readonly folder: string;
  /** Row of the lifecycle table whose version its definitions are of. */
  readonly component: Component;
}

export interface CrdReleaseProps {
  readonly chart: CrdChart;
  readonly namespace: string;
  readonly dependsOn: readonly ITerraformDependable[];
}

/**
 * CustomResourceDefinitions as a release of their own. From the `crds` folder of a chart Helm installs them once and never
 * again, so that a controller's upgrade comes without its new kinds and fields. A destroy leaves them, and what was made
 * of them. Those that a cluster has already, from such a folder, become part of the release.
 */
export class CrdRelease extends Construct {
  readonly ready: ITerraformDependable;

  constructor(scope: Construct, id: string, { chart, namespace, dependsOn }: CrdReleaseProps) {
    super(scope, id);
    const { path } = new TerraformAsset(this, "chart", { path: chart.folder, type: AssetType.DIRECTORY });
    this.ready = new Release(this, "Resource", {
      name: chart.name,
      namespace,
      createNamespace: false,
      chart: `./${path}`,
      // Without it the provider asks the cluster which version is installed, and cannot plan before there is one.
      version: chart.component.version,
      atomic: true,
      wait: true,
      timeout: 300,
      upgradeInstall: true,
      takeOwnership: true,
      maxHistory: 3,
      dependsOn: [...dependsOn],
    });
  }
}
