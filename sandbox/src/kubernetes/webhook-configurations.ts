import { z } from "zod";
import type { ServiceName } from "./cluster-egress";
import type { KubernetesApi } from "./kubernetes-api";
import type { KubernetesObject } from "./kubernetes-object";
import { type Watch, watchObjects } from "./watch";

export interface WebhookRemovalProps {
  readonly api: KubernetesApi;
  /** Whether a controller answers behind this Service. See `ClusterEgress.isRouted`. */
  readonly isServed: (service: ServiceName) => boolean;
  /** Names of webhook configurations that are left alone whatever stands behind them. Default: none. */
  readonly real?: readonly string[];
  readonly onError?: (error: unknown) => void;
}

export interface RemovedWebhookConfiguration {
  readonly kind: "MutatingWebhookConfiguration" | "ValidatingWebhookConfiguration";
  readonly name: string;
  /** The Services, as `namespace/name`, that nothing answers behind. */
  readonly services: readonly string[];
}

export interface WebhookRemoval extends Watch {
  /** What was taken out of the cluster so far, in that order. */
  readonly removed: readonly RemovedWebhookConfiguration[];
}

const configurationSchema = z.looseObject({
  webhooks: z
    .array(
      z.looseObject({
        failurePolicy: z.string().optional(),
        clientConfig: z.looseObject({
          service: z.looseObject({ namespace: z.string(), name: z.string() }).optional(),
        }),
      }),
    )
    .optional(),
});

const collections = {
  MutatingWebhookConfiguration: "mutatingwebhookconfigurations",
  ValidatingWebhookConfiguration: "validatingwebhookconfigurations",
} as const;

/**
 * Takes webhook configurations out of the cluster, as they appear, that would refuse every later request: failure policy
 * Fail, and a Service behind which nothing runs. KWOK calls the pods of a controller Ready although none of them is.
 */
export function removeDeadWebhookConfigurations(props: WebhookRemovalProps): WebhookRemoval {
  const removed: RemovedWebhookConfiguration[] = [];
  const watches = (["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"] as const).map((kind) => {
    const path = `/apis/admissionregistration.k8s.io/v1/${collections[kind]}`;
    return watchObjects({
      api: props.api,
      path,
      onError: props.onError,
      onObject: async (object) => {
        const { name } = object.metadata;
        const services = deadServices(object, props.isServed);
        if (services.length === 0 || props.real?.includes(name)) {
          return;
        }
        if (await props.api.delete(`${path}/${name}`)) {
          removed.push({ kind, name, services });
        }
      },
    });
  });
  return {
    removed,
    stop: async () => {
      await Promise.all(watches.map((watch) => watch.stop()));
    },
  };
}

function deadServices(object: KubernetesObject, isServed: (service: ServiceName) => boolean): readonly string[] {
  const webhooks = configurationSchema.parse(object).webhooks ?? [];
  const dead = webhooks.flatMap(({ failurePolicy, clientConfig: { service } }) =>
    // The API server fills in Fail where nothing is written.
    service !== undefined && failurePolicy !== "Ignore" && !isServed(service)
      ? [`${service.namespace}/${service.name}`]
      : [],
  );
  return [...new Set(dead)];
}
