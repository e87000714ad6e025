import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { added, awsInventory, type Inventory } from "@ingress-foundry/sandbox/aws/inventory";
import { destroyStacks } from "@ingress-foundry/sandbox/destroy";
import { KubernetesApi } from "@ingress-foundry/sandbox/kubernetes/kubernetes-api";
import { holdsResources } from "@ingress-foundry/sandbox/stack-runs";
import type { SynthesizedStack } from "@ingress-foundry/sandbox/synthesized";
import type { Sandbox } from "@ingress-foundry/sandbox/up";
import { clusterObjects } from "../cluster-objects";
import type { Lane } from "../lane";
import { passed } from "../plans";
import { NotRun } from "../results";

/** What was there before the first apply. */
export interface Baseline {
  readonly aws: Inventory;
  readonly cluster: readonly string[];
}

export async function baseline(sandbox: Sandbox): Promise<Baseline> {
  return { aws: await awsInventory(sandbox.runs.context.environment), cluster: await objects(sandbox) };
}

/** A stack that others stand on is not destroyed, and a sentence says which. */
export async function wrongOrderIsRefused(lane: Lane, sandbox: Sandbox): Promise<void> {
  const [first] = sandbox.stacks;
  await lane.check("destroying in the wrong order is refused", first?.id ?? "", async () => {
    const [result] = await destroyStacks(sandbox, [first?.id ?? ""], silent, silent);
    if (result?.outcome.kind !== "failed" || !/ stands? on it/.test(result.outcome.reason)) {
      throw new Error(`it was not refused: ${JSON.stringify(result)}`);
    }
    return undefined;
  });
}

/** Destroys every stack in reverse, as far as something was applied; nothing is left but what is kept on purpose. */
export async function destroyLeavesNothing(lane: Lane, sandbox: Sandbox, before: Baseline): Promise<void> {
  const { runs, stacks } = sandbox;
  let standing: string | undefined;
  for (const stack of [...stacks].reverse()) {
    await lane.record("destroy", stack.id, async () => {
      if (standing !== undefined) {
        throw new NotRun(`needs "destroy ${standing}"`);
      }
      if (!(await holdsResources(runs, stack))) {
        throw new NotRun("nothing of it was applied");
      }
      standing = stack.id;
      await emptyRepositories(sandbox, stack);
      const detail = passed(await runs.destroy(stack));
      standing = undefined;
      return detail;
    });
  }
  if (standing === undefined) {
    await nothingIsLeft(lane, sandbox, before);
  }
}

/** Takes out the images of repositories that keep them, which ECR does not delete otherwise (docs/recovery.md). */
export async function emptyRepositories({ runs }: Sandbox, stack: SynthesizedStack): Promise<void> {
  for (const repository of Object.values(stack.json.resource["aws_ecr_repository"] ?? {})) {
    const name = String(repository["name"]);
    if (repository["force_delete"] !== true) {
      const aws = async (...args: readonly string[]) =>
        (await promisify(execFile)("aws", ["ecr", ...args], { env: { ...runs.context.environment } })).stdout;
      const images = await aws("list-images", "--repository-name", name, "--query", "imageIds", "--output", "json");
      if (images.trim() !== "[]") {
        await aws("batch-delete-image", "--repository-name", name, "--image-ids", images);
      }
    }
  }
}

/** AWS and the cluster hold what they held before the first apply. */
export async function nothingIsLeft(lane: Lane, sandbox: Sandbox, before: Baseline): Promise<void> {
  const { environment } = sandbox.plan;
  await lane.check("nothing is left in AWS", environment, async () => {
    const all = added(before.aws, await awsInventory(sandbox.runs.context.environment));
    // EKS makes it again for its last records, after Terraform has deleted it.
    const left = all.filter((each) => each !== `log group /aws/eks/${sandbox.plan.clusterName}/cluster`);
    if (left.length > 0) {
      throw new Error(`left in AWS:\n${left.join("\n")}`);
    }
    return undefined;
  });
  await lane.check("nothing is left in the cluster but kept CRDs", environment, async () => {
    const left = (await objects(sandbox)).filter((object) => !before.cluster.includes(object));
    const onPurpose = await keptDefinitions(sandbox);
    const kept = left.filter((object) => onPurpose.includes(object));
    // An API service stands for each group that a kept definition serves.
    const groups = kept.map((name) => name.slice(name.indexOf(".") + 1));
    const unexpected = left.filter(
      (object) =>
        !kept.includes(object) &&
        !(object.startsWith("APIService ") && groups.some((group) => object.endsWith(`.${group}`))),
    );
    if (unexpected.length > 0) {
      throw new Error(`left in the cluster:\n${unexpected.join("\n")}`);
    }
    lane.results.note(`kept on purpose in ${environment}: ${kept.join(", ") || "nothing"}`);
    return undefined;
  });
}

/**
 * Definitions that Helm does not delete: those of a chart's `crds` folder, of which it keeps no record, and those of its
 * templates that ask to stay.
 */
async function keptDefinitions({ keeper }: Sandbox): Promise<readonly string[]> {
  const api = KubernetesApi.fromKubeconfig(keeper.kubeconfig);
  try {
    const definitions = (await api.list("/apis/apiextensions.k8s.io/v1/customresourcedefinitions"))?.items ?? [];
    return definitions.flatMap(({ metadata: { name, annotations = {} } }) =>
      annotations["meta.helm.sh/release-name"] === undefined || annotations["helm.sh/resource-policy"] === "keep"
        ? [`CustomResourceDefinition ${name}`]
        : [],
    );
  } finally {
    api.close();
  }
}

async function objects({ keeper }: Sandbox): Promise<readonly string[]> {
  const api = KubernetesApi.fromKubeconfig(keeper.kubeconfig);
  try {
    return await clusterObjects(api);
  } finally {
    api.close();
  }
}

function silent(): void {
  // The lane reports.
}
