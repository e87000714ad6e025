/** Something to do after others. */
export interface Step {
  readonly id: string;
  /** Ids of those that have to be done first. One that is no step of this schedule counts as done. */
  readonly after: readonly string[];
}

/**
 * Does every step as soon as those before it are done, so those that do not depend on each other go on side by side.
 *
 * @param work whether it was done
 * @param skip called for a step that is not begun, with those before it that were not done
 * @returns ids of the steps that were not done, in the order of the steps
 */
export async function followSchedule(
  steps: readonly Step[],
  work: (id: string) => Promise<boolean>,
  skip: (id: string, missing: readonly string[]) => void,
): Promise<readonly string[]> {
  const done = new Map<string, Promise<boolean>>();
  const waiting = new Map(steps.map((step) => [step.id, step]));

  function result(id: string): Promise<boolean> {
    const step = waiting.get(id);
    const known = done.get(id);
    if (known !== undefined) return known;
    if (step === undefined) return Promise.resolve(true);
    const running = begin(step);
    done.set(id, running);
    return running;
  }

  async function begin({ id, after }: Step): Promise<boolean> {
    const before = await Promise.all(after.map(async (other) => ({ other, passed: await result(other) })));
    const missing = before.filter(({ passed }) => !passed).map(({ other }) => other);
    if (missing.length === 0) return work(id);
    skip(id, missing);
    return false;
  }

  const ended = await Promise.allSettled(steps.map(({ id }) => result(id)));
  return steps.flatMap(({ id }, index) => {
    const end = ended[index];
    // All the others have come to their end as well.
    if (end?.status === "rejected") throw end.reason;
    return end?.value === true ? [] : [id];
  });
}

/** The same steps the other way round: what stood on another goes first. */
export function reversed(steps: readonly Step[]): readonly Step[] {
  return [...steps]
    .reverse()
    .map(({ id }) => ({ id, after: steps.filter(({ after }) => after.includes(id)).map((step) => step.id) }));
}
