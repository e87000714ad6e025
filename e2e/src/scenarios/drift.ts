import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { KubernetesApi } from "@ingress-foundry/sandbox/kubernetes/kubernetes-api";
import type { SynthesizedStack } from "@ingress-foundry/sandbox/synthesized";
import type { Sandbox } from "@ingress-foundry/sandbox/up";
import { z } from "zod";
import type { Lane } from "../lane";
import { changeText, passed, plannedChanges, type StateResource, stateResources } from "../plans";
import { NotRun } from "../results";

const idSchema = z.object({ id: z.string() });
const metadataSchema = z.object({ metadata: z.array(z.object({ name: z.string(), namespace: z.string() })).min(1) });
const deploymentSchema = z.looseObject({
  spec: z.looseObject({
    template: z.looseObject({ spec: z.looseObject({ containers: z.array(z.looseObject({ name: z.string() })) }) }),
  }),
});

/** Something done by hand, behind Terraform's back. */
interface ByHand {
  readonly where: string;
  /** The resource that a plan has to change, and how. */
  readonly type: string;
  readonly action: "update" | "create";
  readonly change: (sandbox: Sandbox, resource: StateResource) => Promise<void>;
}

const changes: readonly ByHand[] = [
  { where: "AWS", type: "aws_vpc", action: "update", change: renameVpc },
  { where: "Kubernetes", type: "kubernetes_deployment_v1", action: "update", change: changeImage },
  {
    where: "Kubernetes",
    type: "kubernetes_pod_disruption_budget_v1",
    action: "create",
    change: deleteDisruptionBudget,
  },
];

/** A plan shows exactly what was changed by hand, and an apply mends it. */
export async function driftIsPlanned(lane: Lane, sandbox: Sandbox): Promise<void> {
  for (const { where, type, action, change } of changes) {
    const stack = sandbox.stacks.find(({ json }) => json.resource[type] !== undefined);
    await lane.check(`drift in ${where} is planned: ${action} ${type}`, stack?.id ?? "", async () => {
      if (stack === undefined) {
        throw new NotRun(`${sandbox.plan.environment} has no ${type}`);
      }
      const resource = await firstOf(sandbox, stack, type);
      await change(sandbox, resource);
      const planned = (await plannedChanges(sandbox.runs, stack)).map(changeText);
      if (planned.join() !== `${action} ${resource.address}`) {
        throw new Error(`expected is ${action} ${resource.address}, planned is: ${planned.join(", ") || "nothing"}`);
      }
      passed(await sandbox.runs.apply(stack));
      const left = (await plannedChanges(sandbox.runs, stack)).map(changeText);
      if (left.length > 0) {
        throw new Error(`an apply did not mend it; still planned is ${left.join(", ")}`);
      }
      return undefined;
    });
  }
}

async function firstOf({ runs }: Sandbox, stack: SynthesizedStack, type: string): Promise<StateResource> {
  const found = (await stateResources(runs, stack)).find((each) => each.type === type && each.mode === "managed");
  if (found === undefined) {
    throw new Error(`no ${type} in the state of ${stack.id}`);
  }
  return found;
}

async function renameVpc({ runs }: Sandbox, { values }: StateResource): Promise<void> {
  const tag = ["--resources", idSchema.parse(values).id, "--tags", "Key=Name,Value=by-hand"];
  await promisify(execFile)("aws", ["ec2", "create-tags", ...tag], { env: { ...runs.context.environment } });
}

async function changeImage(sandbox: Sandbox, resource: StateResource): Promise<void> {
  await withApi(sandbox, async (api) => {
    const path = objectPath("/apis/apps/v1", "deployments", resource);
    const containers = deploymentSchema
      .parse(await api.get(path))
      .spec.template.spec.containers.map((container) => ({ ...container, image: "example.invalid/by-hand:1" }));
    await api.mergePatch(path, { spec: { template: { spec: { containers } } } });
  });
}

async function deleteDisruptionBudget(sandbox: Sandbox, resource: StateResource): Promise<void> {
  await withApi(sandbox, async (api) => {
    await api.delete(objectPath("/apis/policy/v1", "poddisruptionbudgets", resource));
  });
}

function objectPath(group: string, plural: string, { values }: StateResource): string {
  const [metadata] = metadataSchema.parse(values).metadata;
  return `${group}/namespaces/${metadata?.namespace}/${plural}/${metadata?.name}`;
}

async function withApi({ keeper }: Sandbox, work: (api: KubernetesApi) => Promise<void>): Promise<void> {
  const api = KubernetesApi.fromKubeconfig(keeper.kubeconfig);
  try {
    await work(api);
  } finally {
    api.close();
  }
}
