import { Repositories } from "@ingress-foundry/sandbox/images/repositories";
import { KubernetesApi } from "@ingress-foundry/sandbox/kubernetes/kubernetes-api";
import type { SynthesizedStack } from "@ingress-foundry/sandbox/synthesized";
import { errorsOf } from "@ingress-foundry/sandbox/terraform-messages";
import type { Sandbox } from "@ingress-foundry/sandbox/up";
import { z } from "zod";
import { awsCli } from "../../aws-cli";
import type { Lane } from "../../lane";
import { passed } from "../../plans";
import { blocksOf, missed } from "./precautions";

const podSchema = z.looseObject({
  status: z.looseObject({
    containerStatuses: z
      .array(z.looseObject({ state: z.looseObject({ waiting: z.looseObject({ reason: z.string() }).optional() }) }))
      .default([]),
  }),
});

/** An image that nobody pushed is refused by the plan, and is waited for in vain where nobody looked. */
export async function imagesUndone(lane: Lane, sandbox: Sandbox, apps: SynthesizedStack): Promise<void> {
  const { runs, plan, keeper } = sandbox;
  const [[repository = "", imageTag = ""] = []] = plan.images.map((image) => image.split(":"));
  await lane.need("the image is taken out of the registry", plan.environment, async () => {
    const image = ["--repository-name", repository, "--image-ids", `imageTag=${imageTag}`];
    await awsCli(runs, "ecr", "batch-delete-image", ...image);
    return undefined;
  });
  await lane.check("an image that is not there is refused by the plan, which names the command", apps.id, async () => {
    const { exitCode, output } = await runs.run(apps, "plan", ["-input=false", "-json"]);
    const errors = errorsOf(output);
    if (exitCode === 0 || !/ImageNotFoundException|couldn't find|no image/i.test(errors)) {
      throw new Error(`it was not refused:\n${errors}`);
    }
    if (!/push-with-foundry-images/.test(output)) {
      throw new Error(`it does not name the command:\n${errors}`);
    }
    return undefined;
  });
  await missed(lane, sandbox, {
    what: "the check of images",
    stack: apps,
    alter: (json) => {
      delete json.data["aws_ecr_image"];
      for (const deployment of Object.values(blocksOf(json, "resource", "kubernetes_deployment_v1"))) {
        // Its own patience is ten minutes.
        Object.assign(Object(deployment), { timeouts: { create: "30s" } });
      }
    },
    command: "apply",
    error: /Waiting for rollout to finish[^\n]*/,
  });
  await lane.check("its pods say ImagePullBackOff meanwhile", apps.id, async () => {
    const api = KubernetesApi.fromKubeconfig(keeper.kubeconfig);
    try {
      const pods = (await api.list("/api/v1/pods"))?.items.map((pod) => podSchema.parse(pod)) ?? [];
      const reasons = pods.flatMap(({ status }) =>
        status.containerStatuses.flatMap(({ state }) => state.waiting?.reason ?? []),
      );
      if (!reasons.includes("ImagePullBackOff")) {
        throw new Error(`no pod says so, but ${reasons.join(", ") || "nothing"}`);
      }
      return undefined;
    } finally {
      api.close();
    }
  });
  await lane.need("apply once the image is pushed", apps.id, async () => {
    await new Repositories(keeper.awsEndpoint, plan.region, plan.accountId).push(repository, imageTag);
    return passed(await runs.apply(apps));
  });
}
