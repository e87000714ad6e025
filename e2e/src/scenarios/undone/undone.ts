import { join } from "node:path";
import type { StackJson, SynthesizedStack } from "@ingress-foundry/sandbox/synthesized";
import type { Sandbox } from "@ingress-foundry/sandbox/up";
import { whileAltered } from "../../altered-stack";
import type { Lane } from "../../lane";
import { passed } from "../../plans";
import { editEnvironment, scratchProject } from "../../scratch-project";
import { permissionsSuffice } from "../permissions";
import { imagesUndone } from "./images";
import { blocksOf, missed } from "./precautions";
import { secondLifeUndone } from "./second-life";
import { callerUndone, tokenUndone } from "./sign-in";

export const environment = "prod";

/**
 * A copy of the project with an environment to take precautions away from: private, through an assumed role, with three
 * NAT gateways. It can be destroyed and applied by the oldest AWS provider, and signs in by token.
 */
export function undoneProject(folder: string): string {
  const project = scratchProject(join(folder, "project"), environment, []);
  editEnvironment(project, environment, {
    "deletionProtection: true,": 'credentials: "token",',
    // Nobody here has the zone that it takes over.
    '{ kind: "existing", zoneId: "Z0123456789ABCDEFGHIJ" }': '{ kind: "create" }',
  });
  return project;
}

/** Takes precautions away one at a time: each is missed with AWS's own error, and with it the same step passes. */
export async function undoneOneAtATime(lane: Lane, sandbox: Sandbox): Promise<void> {
  const { runs, stacks } = sandbox;
  const [cluster, identity, controllers, apps] = stacks;
  if (cluster === undefined || identity === undefined || controllers === undefined || apps === undefined) {
    throw new Error(`${sandbox.plan.environment} has not four stacks`);
  }
  for (const stack of stacks) {
    await lane.need("init", stack.id, async () => passed(await runs.init(stack)));
  }
  const applied = (stack: Sandbox["stacks"][number], scenario: string) =>
    lane.need(scenario, stack.id, async () => passed(await runs.apply(stack)));

  const attachment = Object.keys(cluster.json.resource["aws_iam_role_policy_attachment"] ?? {}).find((name) =>
    name.includes("AmazonEBSCSIDriver"),
  );
  await missed(lane, sandbox, {
    what: "the policy of the EBS driver under the path that it has",
    stack: cluster,
    alter: (json) => alterPolicy(json, attachment ?? ""),
    command: "apply",
    targets: [`aws_iam_role_policy_attachment.${attachment}`],
    error: /NoSuchEntity/,
  });
  await lane.need("apply, but for the clients of the private endpoint", cluster.id, async () =>
    passed(await withoutClients(sandbox, cluster)),
  );
  await applied(identity, "apply");
  await missed(lane, sandbox, {
    what: "the clients of the private endpoint",
    stack: controllers,
    command: "apply",
    targets: Object.keys(blocksOf(controllers.json, "resource", "kubernetes_namespace_v1")).map(
      (name) => `kubernetes_namespace_v1.${name}`,
    ),
    error: /TLS handshake timeout|i\/o timeout|context deadline exceeded/,
  });
  await applied(cluster, "apply with the clients of the private endpoint");
  await callerUndone(lane, sandbox, controllers);
  await missed(lane, sandbox, {
    what: "as few Elastic IPs as an account has",
    stack: controllers,
    alter: (json) => {
      const addresses = [0, 1, 2].map((index) => [`emissary-address-${index}`, { domain: "vpc" }]);
      json.resource["aws_eip"] = Object.fromEntries(addresses);
    },
    command: "apply",
    targets: [0, 1, 2].map((index) => `aws_eip.emissary-address-${index}`),
    error: /AddressLimitExceeded/,
  });
  await applied(controllers, "apply as shipped, by an administrator");
  await tokenUndone(lane, sandbox, apps);
  await imagesUndone(lane, sandbox, apps);
  await secondLifeUndone(lane, sandbox);
  await permissionsSuffice(lane, sandbox);
}

/** Applies a stack as if the environment let nobody in to its private endpoint. */
function withoutClients({ runs }: Sandbox, cluster: SynthesizedStack) {
  return whileAltered(
    cluster,
    (json) => {
      const rules = blocksOf(json, "resource", "aws_vpc_security_group_ingress_rule");
      for (const name of Object.keys(rules).filter((each) => each.startsWith("cluster_client_"))) {
        delete rules[name];
      }
    },
    () => runs.apply(cluster),
  );
}

/** Policies of services' own roles have a path; this one has none. */
function alterPolicy(json: StackJson, attachment: string): void {
  const block = Object(blocksOf(json, "resource", "aws_iam_role_policy_attachment")[attachment]);
  block.policy_arn = String(block.policy_arn).replace(":policy/", ":policy/service-role/");
}
