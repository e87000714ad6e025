import type { Sandbox } from "@ingress-foundry/sandbox/up";
import { until } from "@ingress-foundry/sandbox/waiting";
import { z } from "zod";
import { awsCli } from "../../aws-cli";

const clusterSchema = z.object({ cluster: z.object({ version: z.string() }) });
const addonsSchema = z.object({ addons: z.array(z.string()) });
const addonSchema = z.object({ addon: z.object({ addonVersion: z.string() }) });
const groupsSchema = z.object({ nodegroups: z.array(z.string()) });
const groupSchema = z.object({
  nodegroup: z.object({
    version: z.string(),
    releaseVersion: z.string(),
    scalingConfig: z.object({ desiredSize: z.number() }),
  }),
});
const instancesSchema = z.array(z.string());

const eks = (sandbox: Sandbox, command: string, ...args: readonly string[]) =>
  awsCli(sandbox.runs, "eks", command, ...args);

/** Leaves so many nodes running as an autoscaler would, by node group. */
export async function scale(sandbox: Sandbox, nodes: Readonly<Record<string, number>>): Promise<void> {
  for (const [name, count] of Object.entries(nodes)) {
    const of = ["--cluster-name", sandbox.plan.clusterName, "--nodegroup-name", await groupNamed(sandbox, name)];
    await eks(sandbox, "update-nodegroup-config", ...of, "--scaling-config", `desiredSize=${count}`);
    await until(`${count} nodes of ${name} run`, 60, async () => (await running(sandbox, name)) === count);
  }
}

/** Each node group has so many nodes. */
export async function groupsHave(sandbox: Sandbox, nodes: Readonly<Record<string, number>>): Promise<void> {
  for (const [name, count] of Object.entries(nodes)) {
    const { desiredSize } = (await describedGroup(sandbox, await groupNamed(sandbox, name))).scalingConfig;
    if (desiredSize !== count) {
      throw new Error(`node group ${name} has ${desiredSize} nodes, and ${count} ran of the one before`);
    }
  }
}

/** Control plane, add-ons that go with it, and nodes with the release of their image are of one minor version. */
export async function clusterFollows(sandbox: Sandbox, version: string | undefined): Promise<void> {
  if (version === undefined) {
    return;
  }
  const { clusterName } = sandbox.plan;
  const { cluster } = clusterSchema.parse(await eks(sandbox, "describe-cluster", "--name", clusterName));
  const of = ["--cluster-name", clusterName];
  const { addons } = addonsSchema.parse(await eks(sandbox, "list-addons", ...of));
  const others: string[] = cluster.version === version ? [] : [`the control plane is at ${cluster.version}`];
  for (const name of addons) {
    const asked = await eks(sandbox, "describe-addon", ...of, "--addon-name", name);
    const { addonVersion } = addonSchema.parse(asked).addon;
    if (name === "kube-proxy" && !addonVersion.startsWith(`v${version}.`)) {
      others.push(`${name} is at ${addonVersion}`);
    }
  }
  for (const name of await groupNames(sandbox)) {
    const group = await describedGroup(sandbox, name);
    if (group.version !== version || !group.releaseVersion.startsWith(`${version}.`)) {
      others.push(`${name} is at ${group.version}, ${group.releaseVersion}`);
    }
  }
  if (others.length > 0) {
    throw new Error(`not everything followed to ${version}: ${others.join("; ")}`);
  }
}

async function groupNames(sandbox: Sandbox): Promise<readonly string[]> {
  const listed = await eks(sandbox, "list-nodegroups", "--cluster-name", sandbox.plan.clusterName);
  return groupsSchema.parse(listed).nodegroups;
}

/** Terraform completes the name of a node group. */
async function groupNamed(sandbox: Sandbox, name: string): Promise<string> {
  const found = (await groupNames(sandbox)).filter((each) => new RegExp(`^${name}-\\d{20,}$`).test(each));
  const [group] = found;
  if (group === undefined || found.length > 1) {
    throw new Error(`of node group ${name} there are ${found.length}`);
  }
  return group;
}

async function describedGroup(sandbox: Sandbox, name: string) {
  const of = ["--cluster-name", sandbox.plan.clusterName, "--nodegroup-name", name];
  return groupSchema.parse(await eks(sandbox, "describe-nodegroup", ...of)).nodegroup;
}

async function running(sandbox: Sandbox, name: string): Promise<number> {
  const filters = [`Name=tag:eks:nodegroup-name,Values=${name}-*`, "Name=instance-state-name,Values=running"];
  const query = "Reservations[].Instances[].InstanceId";
  const found = await awsCli(sandbox.runs, "ec2", "describe-instances", "--filters", ...filters, "--query", query);
  return instancesSchema.parse(found).length;
}
