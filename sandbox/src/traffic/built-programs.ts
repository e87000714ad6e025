import { cachedCoredns } from "./names/coredns";
import { cachedNodePrograms, type NodePrograms } from "./node/programs";

/** What is built from Go modules for pods that run. */
export interface BuiltPrograms {
  readonly node: NodePrograms;
  /** Path of CoreDNS. */
  readonly coredns: string;
}

/** @throws Error when something is not built */
export function builtPrograms(): BuiltPrograms {
  const node = cachedNodePrograms();
  const coredns = cachedCoredns();
  if (node === undefined || coredns === undefined) {
    throw new Error(
      "what nodes run is not built; `sandbox up --traffic` builds kubelet, kube-proxy and CoreDNS before it starts a keeper.",
    );
  }
  return { node, coredns };
}
