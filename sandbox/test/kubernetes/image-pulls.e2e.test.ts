import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { ImagePulls } from "../../src/images/image-pulls";
import { Repositories } from "../../src/images/repositories";
import { type ControlPlane, startControlPlane } from "../../src/kubernetes/control-plane";
import { until } from "../../src/waiting";
import { describeControlPlane, threeNodes } from "./suite";

const deploymentSchema = z.looseObject({
  status: z.looseObject({ readyReplicas: z.number().default(0) }).prefault({}),
});
const podSchema = z.looseObject({
  status: z.looseObject({
    containerStatuses: z
      .array(z.looseObject({ state: z.looseObject({ waiting: z.looseObject({ reason: z.string() }).optional() }) }))
      .default([]),
  }),
});

describeControlPlane("images of the account's own registry", ({ programs, workDir }) => {
  let controlPlane: ControlPlane;
  let pulls: ImagePulls;
  const pushed = new Set<string>();
  const errors: unknown[] = [];

  beforeAll(async () => {
    controlPlane = await startControlPlane({
      name: "images",
      workDir: join(workDir, "images"),
      programs: programs(),
      nodes: threeNodes,
      waitForImages: true,
    });
    const registry = new Repositories("http://127.0.0.1:1", "eu-central-1", "123456789012");
    pulls = new ImagePulls({
      api: controlPlane.api,
      repositories: {
        own: (image) => registry.own(image),
        holds: async ({ repository }) => pushed.has(repository),
      },
      onError: (error) => errors.push(error),
    });
  });

  afterAll(async () => {
    await pulls?.stop();
    await controlPlane?.stop();
  });

  async function deploy(name: string, image: string): Promise<void> {
    await controlPlane.api.create({
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name, namespace: "default" },
      spec: {
        replicas: 1,
        selector: { matchLabels: { app: name } },
        template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: "app", image }] } },
      },
    });
  }

  async function ready(name: string): Promise<boolean> {
    const found = await controlPlane.api.get(`/apis/apps/v1/namespaces/default/deployments/${name}`);
    return deploymentSchema.parse(found).status.readyReplicas === 1;
  }

  async function waitingReason(name: string): Promise<string | undefined> {
    const pods = await controlPlane.api.list("/api/v1/namespaces/default/pods", { labelSelector: `app=${name}` });
    const [pod] = (pods?.items ?? []).map((each) => podSchema.parse(each));
    return pod?.status.containerStatuses[0]?.state.waiting?.reason;
  }

  it("keep their pods waiting until they are pushed, and those of others do not", async () => {
    await deploy("shop", "123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop:1.0.0");
    await deploy("nginx", "public.ecr.aws/nginx/nginx:1.28");
    await until("nginx is ready", 60, () => ready("nginx"));
    await until("shop's pod backs off", 60, async () => (await waitingReason("shop")) === "ImagePullBackOff");
    expect(await ready("shop")).toBe(false);
    pushed.add("shop");
    await until("shop is ready", 60, () => ready("shop"));
    expect(errors).toEqual([]);
  });
});
