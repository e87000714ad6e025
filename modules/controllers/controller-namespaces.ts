import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { builtInNamespaces } from "../kubernetes/built-in-namespaces";

/** Namespaces that controllers run in. Helm makes namespaces too, but no destroy ever takes those away. */
export class ControllerNamespaces extends Construct {
  private readonly made = new Map<string, ITerraformDependable>();

  /** What a release in the namespace waits for; nothing in a namespace that every cluster has. */
  of(name: string | undefined): readonly ITerraformDependable[] {
    if (name === undefined || builtInNamespaces.includes(name)) return [];
    const namespace = this.made.get(name) ?? new NamespaceV1(this, name, { metadata: { name } });
    this.made.set(name, namespace);
    return [namespace];
  }
}
