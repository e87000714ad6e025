import { z } from "zod";
import type { KubernetesApi } from "../kubernetes/kubernetes-api";
import { imagesPulled } from "../kubernetes/stages";
import { type Repetition, repeatedly } from "../repeatedly";
import type { Repositories } from "./repositories";

export interface ImagePullsProps {
  readonly api: KubernetesApi;
  readonly repositories: Pick<Repositories, "own" | "holds">;
  /** Whether the program of an image would answer by now. Default: every one does at once. */
  readonly answers?: (image: string) => Promise<boolean>;
  /** Whether a node only plays its pods; on any other the kubelet pulls. Default: all nodes do. */
  readonly isPlayed?: (node: string) => boolean;
  readonly onError: (error: unknown) => void;
}

/** Milliseconds between two looks at the pods that wait. */
const interval = 250;

const container = z.looseObject({ name: z.string(), image: z.string() });
const podSchema = z.looseObject({
  metadata: z.looseObject({ name: z.string(), namespace: z.string(), deletionTimestamp: z.string().optional() }),
  spec: z.looseObject({
    nodeName: z.string().optional(),
    containers: z.array(container),
    initContainers: z.array(container).default([]),
  }),
  status: z
    .looseObject({
      conditions: z.array(z.looseObject({ type: z.string(), status: z.string() })).default([]),
      containerStatuses: z
        .array(
          z.looseObject({
            state: z.looseObject({ waiting: z.looseObject({ reason: z.string().optional() }).optional() }).optional(),
          }),
        )
        .default([]),
    })
    .prefault({}),
});

type Pod = z.infer<typeof podSchema>;

/**
 * Pulls images as the kubelet does: a pod on a node runs once all of its images are there. One of the account's own
 * registry has to have been pushed to it; what other registries hold is not known here and taken to be there. A pod in
 * whose place a program runs is ready once that answers, as its probe would have it.
 */
export class ImagePulls {
  private readonly looking: Repetition;

  constructor(private readonly props: ImagePullsProps) {
    this.looking = repeatedly(interval, () => this.look(), props.onError);
  }

  async stop(): Promise<void> {
    await this.looking.stop();
  }

  private async look(): Promise<void> {
    const list = await this.props.api.list("/api/v1/pods", { fieldSelector: "status.phase=Pending" });
    const waiting = (list?.items ?? []).map((pod) => podSchema.parse(pod)).filter(waits);
    const { isPlayed } = this.props;
    const played = waiting.filter(({ spec }) => isPlayed?.(spec.nodeName ?? "") ?? true);
    await Promise.all(played.map((pod) => this.pull(pod)));
  }

  private async pull(pod: Pod): Promise<void> {
    const { containers, initContainers } = pod.spec;
    const missing = await this.missing([...initContainers, ...containers].map(({ image }) => image));
    if (missing.length === 0) {
      const answering = await Promise.all(containers.map(({ image }) => this.props.answers?.(image) ?? true));
      if (answering.includes(false)) {
        return;
      }
      const now = new Date().toISOString();
      await this.patch(pod, { conditions: [{ type: imagesPulled, status: "True", lastTransitionTime: now }] });
      return;
    }
    if (pod.status.containerStatuses.some(({ state }) => state?.waiting?.reason === "ImagePullBackOff")) {
      return;
    }
    const containerStatuses = containers.map(({ name, image }) => ({
      name,
      image,
      imageID: "",
      ready: false,
      restartCount: 0,
      state: {
        waiting: missing.includes(image)
          ? {
              reason: "ImagePullBackOff",
              message: `Back-off pulling image "${image}": ErrImagePull: ${image}: not found`,
            }
          : { reason: "ContainerCreating" },
      },
    }));
    await this.patch(pod, { containerStatuses });
  }

  private async missing(images: readonly string[]): Promise<readonly string[]> {
    const found = await Promise.all(
      images.map(async (image) => {
        const own = this.props.repositories.own(image);
        return own === undefined || (await this.props.repositories.holds(own)) === true ? [] : [image];
      }),
    );
    return found.flat();
  }

  private async patch({ metadata: { namespace, name } }: Pod, status: object): Promise<void> {
    await this.props.api.send("PATCH", `/api/v1/namespaces/${namespace}/pods/${name}/status`, {
      contentType: "application/strategic-merge-patch+json",
      body: { status },
    });
  }
}

function waits({ metadata, spec, status }: Pod): boolean {
  return (
    spec.nodeName !== undefined &&
    metadata.deletionTimestamp === undefined &&
    !status.conditions.some(({ type, status: value }) => type === imagesPulled && value === "True")
  );
}
