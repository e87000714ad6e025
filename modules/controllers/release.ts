import { Release } from "@cdktf/provider-helm/lib/release";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Component } from "../lifecycle/components";
import type { Json } from "../schema/primitives";

export interface ControllerReleaseProps {
  /** Row of the lifecycle table: chart, address and version. */
  readonly component: Component;
  /** Name of the release in Helm. */
  readonly releaseName: string;
  readonly namespace: string;
  /** Values of the chart. Strings may hold Terraform references. */
  readonly values: { readonly [key: string]: Json };
  /** Chart repository that replaces the chart's own. Default: the component's. */
  readonly chartMirror: string | undefined;
  /** Whether the chart's CustomResourceDefinitions come with a release of their own. Default: false. */
  readonly crdsApart?: boolean;
  /** In seconds, for the whole release to be ready. Default: 600. */
  readonly timeoutSeconds?: number;
  /** What must be there first. Default: nothing. */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/** One chart of a controller, installed so that a failed first try can simply be applied again. */
export class ControllerRelease extends Construct {
  readonly ready: ITerraformDependable;

  constructor(scope: Construct, id: string, props: ControllerReleaseProps) {
    super(scope, id);
    const { component } = props;
    this.ready = new Release(this, "Resource", {
      name: props.releaseName,
      namespace: props.namespace,
      // Helm would make a namespace and never take it away again; see ControllerNamespaces.
      createNamespace: false,
      repository: props.chartMirror ?? component.repository,
      chart: component.chart,
      version: component.version,
      values: [JSON.stringify(props.values)],
      ...(props.crdsApart === true ? { skipCrds: true } : {}),
      atomic: true,
      wait: true,
      timeout: props.timeoutSeconds ?? 600,
      // A release that failed without a trace in the state is taken over instead of refused.
      upgradeInstall: true,
      maxHistory: 10,
      dependsOn: [...(props.dependsOn ?? [])],
    });
  }
}
