import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { KubernetesApi } from "./kubernetes-api";
import { type KubernetesObject, objectSchema } from "./kubernetes-object";

export interface Watch {
  /** Ends the watch and waits for what it is doing at this moment. */
  stop(): Promise<void>;
}

export interface WatchProps {
  readonly api: KubernetesApi;
  /** Collection over all namespaces, for example `/api/v1/services`. It may not exist yet: its CRD may come later. */
  readonly path: string;
  /** Called with every object that is there, and again with each of its new versions, one at a time. */
  readonly onObject: (object: KubernetesObject) => Promise<void>;
  /** Called with what `onObject` threw and why a watch broke; both are tried again. Default: nothing. */
  readonly onError?: (error: unknown) => void;
}

const eventSchema = z.looseObject({ type: z.string(), object: z.unknown() });

/** Milliseconds before the collection is listed again after a fault or while it does not exist. */
const pause = 250;

/** Follows a collection: a list, then a watch from there, then all over again whenever that ends. */
export function watchObjects(props: WatchProps): Watch {
  const stopping = new AbortController();
  const { signal } = stopping;
  const done = (async () => {
    while (!signal.aborted) {
      try {
        await follow(props, signal);
      } catch (error) {
        if (!signal.aborted) {
          props.onError?.(error);
        }
      }
      await sleep(pause, undefined, { signal }).catch(() => undefined);
    }
  })();
  return {
    stop: () => {
      stopping.abort();
      return done;
    },
  };
}

async function follow({ api, path, onObject }: WatchProps, signal: AbortSignal): Promise<void> {
  const list = await api.list(path);
  if (list === undefined) {
    return;
  }
  for (const object of list.items) {
    if (signal.aborted) {
      return;
    }
    await onObject(object);
  }
  const query = { watch: "true", resourceVersion: list.resourceVersion };
  for await (const line of api.stream(path, { query, signal })) {
    const event = eventSchema.parse(line);
    switch (event.type) {
      case "ADDED":
      case "MODIFIED":
        await onObject(objectSchema.parse(event.object));
        break;
      case "ERROR":
        throw new Error(`${path}: the watch ended: ${JSON.stringify(event.object)}`);
      default:
        break;
    }
  }
}
