import pWaitFor from "p-wait-for";

/** Waits until a condition holds, or until the time is over; whether it holds. */
export async function holdsWithin(milliseconds: number, holds: () => boolean | Promise<boolean>): Promise<boolean> {
  let held = true;
  const fallback = () => {
    held = false;
  };
  await pWaitFor<void>(holds, { interval: 50, timeout: { milliseconds, fallback } });
  return held;
}

/**
 * Waits until a condition holds.
 *
 * @param seconds until it is given up
 * @throws Error saying what was waited for
 */
export async function until(what: string, seconds: number, holds: () => boolean | Promise<boolean>): Promise<void> {
  if (!(await holdsWithin(seconds * 1000, holds))) {
    throw new Error(`after ${seconds} s still waiting: ${what}`);
  }
}
