import { type Repetition, repeatedly } from "../repeatedly";
import type { Repositories } from "./repositories";

export interface PipelineProps {
  readonly repositories: Pick<Repositories, "holds" | "push">;
  /** Images to push, each as `repository:tag`. */
  readonly images: readonly string[];
  readonly onError: (error: unknown) => void;
}

/** Milliseconds between two looks at the repositories. */
const interval = 500;

/**
 * Does what a team's pipeline does between the first stack and the last: it pushes images once there are repositories.
 * An image that somebody takes out again stays out.
 */
export function pushImages({ repositories, images, onError }: PipelineProps): Repetition {
  const pushed = new Set<string>();
  return repeatedly(
    interval,
    async () => {
      for (const image of images) {
        const [repository = "", imageTag = ""] = image.split(":");
        const held = await repositories.holds({ repository, reference: { imageTag } });
        if (held === undefined) {
          pushed.delete(image);
        } else if (!pushed.has(image)) {
          pushed.add(image);
          if (!held) {
            await repositories.push(repository, imageTag);
          }
        }
      }
    },
    onError,
  );
}
