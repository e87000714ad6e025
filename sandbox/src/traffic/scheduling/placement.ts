import { createServer } from "node:http";
import { buffer } from "node:stream/consumers";
import { z } from "zod";
import { type LoopbackServer, listenOnLoopback } from "../../loopback-server";

/** What the scheduler asks an extender, in the spelling of its Go types. */
const question = z.looseObject({
  Pod: z.looseObject({
    spec: z.looseObject({ containers: z.array(z.looseObject({ image: z.string() })) }),
  }),
  NodeNames: z.array(z.string()).nullish(),
});

export interface PlacementRules {
  /** Names of the nodes that run pods for real. */
  readonly realNodes: () => ReadonlySet<string>;
  /** Whether a container of this image is to run for real. */
  readonly runsForReal: (image: string) => boolean;
}

/**
 * Of the nodes that fit a pod, those on which it may go: real ones for a pod whose images are all to run for real, played
 * ones for every other. A pod that fits nodes of one sort alone, as a DaemonSet's, goes there.
 */
export function placeable(
  images: readonly string[],
  nodes: readonly string[],
  rules: PlacementRules,
): readonly string[] {
  const isReal = images.every((image) => rules.runsForReal(image));
  const real = rules.realNodes();
  const wanted = nodes.filter((node) => real.has(node) === isReal);
  const anyReal = nodes.some((node) => real.has(node));
  // A pod that is to run for real waits for such a node rather than be played.
  return wanted.length > 0 || (isReal && !anyReal && nodes.length > 1) ? wanted : nodes;
}

export interface Placement extends LoopbackServer {
  /** A configuration of the scheduler that asks here. */
  readonly schedulerConfiguration: string;
}

/** Answers the scheduler's questions, so that objects stay as Terraform made them. */
export async function startPlacement(rules: PlacementRules): Promise<Placement> {
  const server = createServer((request, response) => {
    buffer(request).then(
      (body) => {
        const { Pod, NodeNames } = question.parse(JSON.parse(body.toString("utf8")));
        const images = Pod.spec.containers.map(({ image }) => image);
        const nodes = placeable(images, NodeNames ?? [], rules);
        response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ NodeNames: nodes }));
      },
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  const listening = await listenOnLoopback(server);
  return {
    ...listening,
    schedulerConfiguration: `${JSON.stringify(
      {
        apiVersion: "kubescheduler.config.k8s.io/v1",
        kind: "KubeSchedulerConfiguration",
        leaderElection: { leaderElect: false },
        extenders: [
          {
            urlPrefix: listening.address,
            filterVerb: "filter",
            nodeCacheCapable: true,
            httpTimeout: "5s",
            ignorable: false,
          },
        ],
      },
      null,
      2,
    )}\n`,
  };
}
