import { setTimeout as sleep } from "node:timers/promises";

/** Something that goes on until it is stopped. */
export interface Repetition {
  /** Ends it and waits for what it is doing at this moment. */
  stop(): Promise<void>;
}

/**
 * Does something again and again.
 *
 * @param interval milliseconds between its end and its next beginning
 * @param onError called with what it threw, unless that came of being stopped; it is tried again
 */
export function repeatedly(interval: number, work: () => Promise<void>, onError: (error: unknown) => void): Repetition {
  const stopping = new AbortController();
  const { signal } = stopping;
  const done = (async () => {
    while (!signal.aborted) {
      await work().catch((error: unknown) => {
        if (!signal.aborted) {
          onError(error);
        }
      });
      await sleep(interval, undefined, { signal }).catch(() => undefined);
    }
  })();
  return {
    stop: () => {
      stopping.abort();
      return done;
    },
  };
}
