import { createHash } from "node:crypto";
import { z } from "zod";
import type { KubernetesApi } from "./kubernetes-api";
import type { KubernetesObject } from "./kubernetes-object";
import { type Watch, watchObjects } from "./watch";

export type AddressedKind = "Service" | "Ingress" | "Gateway";

export interface AddressWritingProps {
  readonly api: KubernetesApi;
  /** Region in the host names, for example `eu-central-1`. */
  readonly region: string;
  /** Whether a controller that runs here gives this object its address. Default: none does. */
  readonly isServed?: (kind: AddressedKind, object: KubernetesObject) => boolean;
  /** Name of a load balancer that stands in for the object's own. Default: none does, and the name is only a name. */
  readonly balancerFor?: (kind: AddressedKind, object: KubernetesObject) => Promise<string | undefined>;
  readonly onError?: (error: unknown) => void;
}

export interface WrittenAddress {
  readonly kind: AddressedKind;
  readonly namespace: string;
  readonly name: string;
  readonly hostname: string;
  /** Whether a load balancer has this name; nothing is behind that either. */
  readonly balanced: boolean;
}

export interface AddressWriting extends Watch {
  /** Every address written so far, in that order. */
  readonly written: readonly WrittenAddress[];
}

const balanced = z.looseObject({
  status: z
    .looseObject({ loadBalancer: z.looseObject({ ingress: z.array(z.unknown()).optional() }).optional() })
    .optional(),
});

const serviceSchema = balanced.extend({ spec: z.looseObject({ type: z.string().optional() }) });

const gatewaySchema = z.looseObject({
  status: z.looseObject({ addresses: z.array(z.unknown()).optional() }).optional(),
});

interface Addressed {
  readonly group: string;
  readonly resource: string;
  readonly waits: (object: KubernetesObject) => boolean;
  readonly status: (hostname: string) => unknown;
}

const byLoadBalancer = (hostname: string) => ({ loadBalancer: { ingress: [{ hostname }] } });
const hasNoIngress = (object: KubernetesObject) =>
  (balanced.parse(object).status?.loadBalancer?.ingress ?? []).length === 0;

const addressed: Readonly<Record<AddressedKind, Addressed>> = {
  Service: {
    group: "/api/v1",
    resource: "services",
    waits: (object) => serviceSchema.parse(object).spec.type === "LoadBalancer" && hasNoIngress(object),
    status: byLoadBalancer,
  },
  Ingress: { group: "/apis/networking.k8s.io/v1", resource: "ingresses", waits: hasNoIngress, status: byLoadBalancer },
  Gateway: {
    group: "/apis/gateway.networking.k8s.io/v1",
    resource: "gateways",
    waits: (object) => (gatewaySchema.parse(object).status?.addresses ?? []).length === 0,
    status: (value) => ({ addresses: [{ type: "Hostname", value }] }),
  },
};

/**
 * Writes the addresses for which Services of type LoadBalancer, Ingresses and Gateways wait, where no controller that
 * runs here does: that of a load balancer that stands in, or a host name of the form that AWS gives.
 */
export function writeLoadBalancerAddresses(props: AddressWritingProps): AddressWriting {
  const written: WrittenAddress[] = [];
  const watches = (["Service", "Ingress", "Gateway"] as const).map((kind) => {
    const { group, resource, waits, status } = addressed[kind];
    return watchObjects({
      api: props.api,
      path: `${group}/${resource}`,
      onError: props.onError,
      onObject: async (object) => {
        const { name, namespace = "default", deletionTimestamp } = object.metadata;
        if (deletionTimestamp !== undefined || !waits(object) || props.isServed?.(kind, object)) {
          return;
        }
        const balancer = await props.balancerFor?.(kind, object);
        const hostname = balancer ?? hostnameOf(kind, namespace, name, props.region);
        await props.api.mergePatch(`${group}/namespaces/${namespace}/${resource}/${name}/status`, {
          status: status(hostname),
        });
        written.push({ kind, namespace, name, hostname, balanced: balancer !== undefined });
      },
    });
  });
  return {
    written,
    stop: async () => {
      await Promise.all(watches.map((watch) => watch.stop()));
    },
  };
}

/** NLBs and ALBs have their region at different places of the name. */
function hostnameOf(kind: AddressedKind, namespace: string, name: string, region: string): string {
  const hash = createHash("sha256").update(`${kind}/${namespace}/${name}`).digest("hex").slice(0, 10);
  const balancer = `k8s-${namespace.slice(0, 8)}-${name.replaceAll(".", "").slice(0, 8)}-${hash}`;
  return kind === "Service" ? `${balancer}.elb.${region}.amazonaws.com` : `${balancer}.${region}.elb.amazonaws.com`;
}
