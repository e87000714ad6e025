import { setTimeout as sleep } from "node:timers/promises";
import { makeInformer } from "@kubernetes/client-node";
import type { KubernetesApi } from "./kubernetes-api";
import type { KubernetesObject } from "./kubernetes-object";

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

/** Milliseconds before something is tried again. */
const pause = 250;

/** Follows a collection, whatever breaks meanwhile: an informer for the news, and a queue that works through them. */
export function watchObjects({ api, path, onObject, onError }: WatchProps): Watch {
  const stopping = new AbortController();
  const { signal } = stopping;
  const later = () => sleep(pause, undefined, { signal }).catch(() => undefined);
  /** The newest version of each object that `onObject` has not seen. */
  const waiting = new Map<string, KubernetesObject>();
  let working: Promise<void> | undefined;

  const informer = makeInformer<KubernetesObject>(api.config, path, async () => {
    const list = await api.list(path);
    // What does not exist yet has no objects, and nothing that could be watched. And a list that was under way when all
    // ends must not be followed by a watch, which nobody would end.
    if (list === undefined || signal.aborted) {
      throw new NothingToWatch();
    }
    return { ...list, items: [...list.items] };
  });
  const work = async () => {
    for (const [key, object] of waiting) {
      waiting.delete(key);
      await onObject(object).catch(async (error: unknown) => {
        onError?.(error);
        await later();
        const isThere = informer.get(object.metadata.name, object.metadata.namespace) !== undefined;
        if (isThere && !waiting.has(key)) {
          waiting.set(key, object);
        }
      });
      if (signal.aborted) {
        break;
      }
    }
    working = undefined;
  };
  const wait = (object: KubernetesObject) => {
    waiting.set(keyOf(object), object);
    if (!signal.aborted) {
      working ??= work();
    }
  };
  informer.on("add", wait);
  informer.on("update", wait);
  informer.on("delete", (object) => waiting.delete(keyOf(object)));
  const start = () => informer.start().catch(again);
  const again = async (error: unknown): Promise<void> => {
    if (!signal.aborted && !(error instanceof NothingToWatch)) {
      onError?.(error);
    }
    await later();
    if (!signal.aborted) {
      await start();
    }
  };
  informer.on("error", again);
  start();

  return {
    stop: async () => {
      stopping.abort();
      await informer.stop();
      await working;
    },
  };
}

class NothingToWatch extends Error {}

const keyOf = ({ metadata: { namespace = "", name } }: KubernetesObject) => `${namespace}/${name}`;
