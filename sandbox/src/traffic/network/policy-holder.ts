import { z } from "zod";
import type { KubernetesApi } from "../../kubernetes/kubernetes-api";
import { type Repetition, repeatedly } from "../../repeatedly";
import { runIn } from "./namespaces";
import { networkPolicy, networkPolicyRules, type PolicyPod, type PolicyState } from "./network-policies";

export interface PolicyHolderProps {
  readonly api: KubernetesApi;
  /** Network namespaces of the nodes that run pods. */
  readonly namespaces: () => readonly string[];
  readonly onError: (error: unknown) => void;
}

/** Milliseconds between two looks at the policies and the pods. */
const interval = 1000;

const podSchema = z.looseObject({
  metadata: z.looseObject({ namespace: z.string(), labels: z.record(z.string(), z.string()).default({}) }),
  spec: z.looseObject({
    hostNetwork: z.boolean().default(false),
    containers: z.array(
      z.looseObject({
        ports: z.array(z.looseObject({ name: z.string().optional(), containerPort: z.number() })).default([]),
      }),
    ),
  }),
  status: z.looseObject({ podIP: z.string().optional() }).prefault({}),
});

/** Holds NetworkPolicies at the pods of every node, as the VPC CNI does where it is told to. */
export function holdPolicies({ api, namespaces, onError }: PolicyHolderProps): Repetition {
  const held = new Map<string, string>();
  return repeatedly(
    interval,
    async () => {
      const rules = networkPolicyRules(await read(api));
      for (const namespace of namespaces()) {
        if (held.get(namespace) !== rules) {
          await runIn(namespace, "nft", ["-f", "-"], rules);
          held.set(namespace, rules);
        }
      }
    },
    onError,
  );
}

async function read(api: KubernetesApi): Promise<PolicyState> {
  const policies = (await api.list("/apis/networking.k8s.io/v1/networkpolicies"))?.items ?? [];
  const pods = (await api.list("/api/v1/pods"))?.items ?? [];
  const namespaces = (await api.list("/api/v1/namespaces"))?.items ?? [];
  return {
    policies: policies.map((policy) => networkPolicy.parse(policy)),
    pods: pods.flatMap((pod) => policyPod(podSchema.parse(pod))),
    namespaces: new Map(namespaces.map(({ metadata }) => [metadata.name, metadata.labels ?? {}])),
  };
}

/** A pod on its node's network has the node's address, at which no policy is held. */
function policyPod({ metadata, spec, status }: z.infer<typeof podSchema>): readonly PolicyPod[] {
  const { podIP: address } = status;
  if (address === undefined || spec.hostNetwork) {
    return [];
  }
  const named = spec.containers
    .flatMap(({ ports }) => ports)
    .flatMap(({ name, containerPort }) => (name === undefined ? [] : [[name, containerPort] as const]));
  return [{ namespace: metadata.namespace, labels: metadata.labels, address, ports: Object.fromEntries(named) }];
}
