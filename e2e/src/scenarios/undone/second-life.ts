import type { Sandbox } from "@ingress-foundry/sandbox/up";
import { whileAltered } from "../../altered-stack";
import type { Lane } from "../../lane";
import { passed } from "../../plans";
import { blocksOf, missed } from "./precautions";

/** What keeps an environment from going, and another of its name from coming. */
export async function secondLifeUndone(lane: Lane, sandbox: Sandbox): Promise<void> {
  const { runs, stacks } = sandbox;
  const [cluster, ...others] = stacks;
  if (cluster === undefined) {
    return;
  }
  for (const stack of [...others].reverse()) {
    await lane.need("destroy", stack.id, async () => passed(await runs.destroy(stack)));
  }
  const repositories = Object.keys(blocksOf(cluster.json, "resource", "aws_ecr_repository"));
  const addresses = repositories.map((name) => `aws_ecr_repository.${name}`);
  await missed(lane, sandbox, {
    what: "images that are deleted with their repository",
    stack: cluster,
    command: "destroy",
    targets: addresses,
    error: /RepositoryNotEmptyException/,
  });
  await lane.need("destroy with them", cluster.id, () =>
    whileAltered(
      cluster,
      (json) => {
        for (const repository of Object.values(blocksOf(json, "resource", "aws_ecr_repository"))) {
          Object.assign(Object(repository), { force_delete: true });
        }
      },
      async () => {
        const targets = addresses.map((address) => `-target=${address}`);
        const forced = await runs.run(cluster, "apply", ["-input=false", "-json", "-auto-approve", ...targets]);
        if (forced.exitCode !== 0) {
          throw new Error(forced.output);
        }
        return passed(await runs.destroy(cluster));
      },
    ),
  );
  const logs = "aws_cloudwatch_log_group.cluster_logs";
  await missed(lane, sandbox, {
    what: "taking over the log group that EKS wrote again",
    stack: cluster,
    alter: (json) => delete json["import"],
    command: "apply",
    targets: [logs],
    error: /ResourceAlreadyExistsException/,
  });
  await lane.check("a second life takes that log group over", cluster.id, async () => {
    const target = ["-input=false", "-json", "-auto-approve", `-target=${logs}`];
    const { exitCode, output } = await runs.run(cluster, "apply", target);
    if (exitCode !== 0) {
      throw new Error(output);
    }
    return passed(await runs.destroy(cluster));
  });
}
