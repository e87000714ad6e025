import { Annotations } from "@cdktf/provider-kubernetes/lib/annotations";
import { Labels } from "@cdktf/provider-kubernetes/lib/labels";
import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { z } from "zod";
import { builtInNamespaces } from "../kubernetes/built-in-namespaces";
import { readinessGateLabel } from "../load-balancer/drain";
import { kube2iamNamespaceAnnotations } from "./kube2iam";
import { makeNamespaceQuota } from "./namespace-quota";
import { podSecurityLabels, strictestStandard } from "./pod-security";
import type { namespaceSchema, Workload } from "./schema";

type Namespace = z.output<typeof namespaceSchema>;
type Annotated = Readonly<Record<string, string>>;

export interface NamespacesProps {
  /** The environment's `namespaces`, by name. */
  readonly namespaces: Readonly<Record<string, Namespace>>;
  /** The environment's workloads, by name. */
  readonly workloads: Readonly<Record<string, Workload>>;
  /** Namespaces with pods that load balancers send straight to. Default: none. */
  readonly balanced?: ReadonlySet<string>;
}

/** What Kubernetes puts everything into that names no namespace. */
const unnamed = "default";

/**
 * Every namespace that a workload or the environment names. Those that the cluster has anyway are not made but
 * amended, with Pod Security only where the environment writes it down: other things run there too. `default` carries a
 * standard like every other as soon as there are workloads, there or elsewhere: it is where whoever names none would put
 * a pod.
 */
export class Namespaces extends Construct {
  private readonly made = new Map<string, readonly ITerraformDependable[]>();

  constructor(scope: Construct, id: string, props: NamespacesProps) {
    super(scope, id);
    const all = Object.values(props.workloads);
    const names = new Set([
      ...(all.length === 0 ? [] : [unnamed]),
      ...Object.keys(props.namespaces),
      ...all.map(({ namespace }) => namespace),
    ]);
    for (const name of [...names].sort()) {
      const options = props.namespaces[name];
      const workloads = all.filter(({ namespace }) => namespace === name);
      const gates = props.balanced?.has(name) === true ? readinessGateLabel : {};
      const annotations = { ...kube2iamNamespaceAnnotations(workloads), ...options?.annotations };
      const made = builtInNamespaces.includes(name)
        ? this.amend(name, options, annotations, gates, workloads)
        : [this.make(name, options, annotations, gates, workloads)];
      this.made.set(name, [...made, ...(options === undefined ? [] : makeNamespaceQuota(this, name, options, made))]);
    }
  }

  /** What an object in the namespace waits for. */
  of(namespace: string): readonly ITerraformDependable[] {
    return this.made.get(namespace) ?? [];
  }

  private make(
    name: string,
    options: Namespace | undefined,
    annotations: Annotated,
    gates: Annotated,
    workloads: readonly Workload[],
  ): NamespaceV1 {
    return new NamespaceV1(this, name, {
      metadata: {
        name,
        labels: {
          ...podSecurityLabels(options?.podSecurity ?? strictestStandard(workloads)),
          ...gates,
          ...options?.labels,
        },
        ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
      },
    });
  }

  private amend(
    name: string,
    options: Namespace | undefined,
    annotations: Annotated,
    gates: Annotated,
    workloads: readonly Workload[],
  ): readonly ITerraformDependable[] {
    const podSecurity = options?.podSecurity ?? (name === unnamed ? strictestStandard(workloads) : undefined);
    const labels = {
      ...(podSecurity === undefined ? {} : podSecurityLabels(podSecurity)),
      ...gates,
      ...options?.labels,
    };
    const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name }, force: true };
    const amendments: ITerraformDependable[] = [];
    // A field manager each: under one name the second server-side apply would take away what the first had set.
    if (Object.keys(labels).length > 0) {
      amendments.push(new Labels(this, `${name}_labels`, { ...namespace, labels, fieldManager: "terraform-labels" }));
    }
    if (Object.keys(annotations).length > 0) {
      amendments.push(
        new Annotations(this, `${name}_annotations`, {
          ...namespace,
          annotations,
          fieldManager: "terraform-annotations",
        }),
      );
    }
    return amendments;
  }
}
