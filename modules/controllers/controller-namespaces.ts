import { Labels } from "@cdktf/provider-kubernetes/lib/labels";
import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { builtInNamespaces } from "../kubernetes/built-in-namespaces";
import { readinessGateLabel } from "../load-balancer/drain";
import { type PodSecurityStandard, podSecurityLabels } from "../workloads/pod-security";

/** Namespaces that controllers run in, each with the Pod Security Standard that its pods pass. Helm makes namespaces too, but no destroy ever takes those away. */
export class ControllerNamespaces extends Construct {
  private readonly made = new Map<string, ITerraformDependable>();

  /**
   * @param balanced namespaces with pods that load balancers send straight to.
   */
  constructor(
    scope: Construct,
    id: string,
    private readonly balanced: ReadonlySet<string>,
  ) {
    super(scope, id);
  }

  /** What a release in the namespace waits for; nothing where every cluster has it and there is nothing to add. */
  of(name: string | undefined, standard: PodSecurityStandard): readonly ITerraformDependable[] {
    if (name === undefined) return [];
    const gate = this.balanced.has(name) ? readinessGateLabel : undefined;
    const builtIn = builtInNamespaces.includes(name);
    if (builtIn && gate === undefined) return [];
    // A namespace that every cluster has keeps its standard.
    const labels = builtIn ? { ...gate } : { ...podSecurityLabels(standard), ...gate };
    const namespace = this.made.get(name) ?? this.make(name, labels);
    this.made.set(name, namespace);
    return [namespace];
  }

  private make(name: string, labels: { readonly [key: string]: string }): ITerraformDependable {
    if (!builtInNamespaces.includes(name)) {
      return new NamespaceV1(this, name, { metadata: { name, labels } });
    }
    return new Labels(this, `${name}_labels`, {
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name },
      labels: { ...labels },
      force: true,
      // Apart from the one of the apps stack, which may add labels of its own.
      fieldManager: "terraform-controllers-labels",
    });
  }
}
