import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { builtInNamespaces } from "../kubernetes/built-in-namespaces";
import { type PodSecurityStandard, podSecurityLabels } from "../workloads/pod-security";

/** Namespaces that controllers run in, each with the Pod Security Standard that its pods pass. Helm makes namespaces too, but no destroy ever takes those away. */
export class ControllerNamespaces extends Construct {
  private readonly made = new Map<string, ITerraformDependable>();

  /** What a release in the namespace waits for; nothing in a namespace that every cluster has, which stays as it is. */
  of(name: string | undefined, standard: PodSecurityStandard): readonly ITerraformDependable[] {
    if (name === undefined || builtInNamespaces.includes(name)) return [];
    const labels = podSecurityLabels(standard);
    const namespace = this.made.get(name) ?? new NamespaceV1(this, name, { metadata: { name, labels } });
    this.made.set(name, namespace);
    return [namespace];
  }
}
