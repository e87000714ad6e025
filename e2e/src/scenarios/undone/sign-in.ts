import { mintToken } from "@ingress-foundry/sandbox/kubernetes/mint-token";
import type { StackJson, SynthesizedStack } from "@ingress-foundry/sandbox/synthesized";
import { errorsOf } from "@ingress-foundry/sandbox/terraform-messages";
import type { Sandbox } from "@ingress-foundry/sandbox/up";
import { whileAltered } from "../../altered-stack";
import { awsCli } from "../../aws-cli";
import type { Lane } from "../../lane";
import { passed } from "../../plans";
import { missed } from "./precautions";

const unauthorized = /Unauthorized|asked for the client to provide credentials/;

/** A role that may do everything in AWS, and that no access entry knows. */
const stranger = "somebody-else";

/** Whoever the cluster does not know is refused by the plan, and by Kubernetes where nobody looked. */
export async function callerUndone(lane: Lane, sandbox: Sandbox, controllers: SynthesizedStack): Promise<void> {
  const { runs, plan } = sandbox;
  await lane.need("there is a role that the cluster does not know", plan.environment, async () => {
    const trust = {
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: `arn:aws:iam::${plan.accountId}:root` } },
      ],
    };
    const role = ["--role-name", stranger];
    await awsCli(runs, "iam", "create-role", ...role, "--assume-role-policy-document", JSON.stringify(trust));
    const everything = "arn:aws:iam::aws:policy/AdministratorAccess";
    await awsCli(runs, "iam", "attach-role-policy", ...role, "--policy-arn", everything);
    return undefined;
  });
  await lane.check("who applies is refused by the plan, where the cluster would refuse", controllers.id, async () => {
    const { exitCode, output } = await whileAltered(controllers, assumesAnother, () =>
      runs.run(controllers, "plan", ["-input=false", "-json"]),
    );
    if (exitCode === 0 || !/no entry makes it cluster-admin/.test(errorsOf(output))) {
      throw new Error(`it was not refused:\n${errorsOf(output)}`);
    }
    return undefined;
  });
  await missed(lane, sandbox, {
    what: "the check of who applies",
    stack: controllers,
    alter: (json) => {
      assumesAnother(json);
      delete json.data["aws_caller_identity"];
    },
    command: "apply",
    error: unauthorized,
  });
}

function assumesAnother(json: StackJson): void {
  for (const provider of json.provider["aws"] ?? []) {
    const [assumed] = [provider["assume_role"] ?? []].flat();
    Object.assign(Object(assumed), { role_arn: Object(assumed).role_arn.replace(/[^/]+$/, stranger) });
  }
}

/** A token that is read at plan stands in the plan, and is too old for an apply that somebody had to agree to. */
export async function tokenUndone(lane: Lane, sandbox: Sandbox, apps: SynthesizedStack): Promise<void> {
  const { runs } = sandbox;
  const planned = async (): Promise<string> => {
    const plan = await runs.run(apps, "plan", ["-input=false", "-json", "-out=e2e.tfplan"]);
    if (plan.exitCode !== 0) {
      throw new Error(errorsOf(plan.output));
    }
    return (await runs.run(apps, "show", ["-json", "-no-color", "e2e.tfplan"])).output;
  };
  await lane.check("no token stands in a plan", apps.id, async () => {
    if ((await planned()).includes("k8s-aws-v1.")) {
      throw new Error("one does");
    }
    return undefined;
  });
  await lane.check("noticed: a token that is read at plan stands in it", apps.id, async () => {
    if (!(await whileAltered(apps, readsToken, planned)).includes("k8s-aws-v1.")) {
      throw new Error("none does");
    }
    return undefined;
  });
  const late = await tokenOfLongAgo(sandbox);
  await missed(lane, sandbox, {
    what: "a token of its own for an apply a quarter of an hour after the plan",
    stack: apps,
    alter: (json) => {
      delete json["ephemeral"];
      signsInWith(json, late);
    },
    command: "apply",
    targets: Object.keys(apps.json.resource["kubernetes_namespace_v1"] ?? {}).map(
      (name) => `kubernetes_namespace_v1.${name}`,
    ),
    error: unauthorized,
  });
  await lane.need("apply with a token of its own, but for what needs an image", apps.id, async () => {
    const namespaces = Object.keys(apps.json.resource["kubernetes_namespace_v1"] ?? {});
    const targets = namespaces.map((name) => `-target=kubernetes_namespace_v1.${name}`);
    const { exitCode, output } = await runs.run(apps, "apply", ["-input=false", "-json", "-auto-approve", ...targets]);
    return passed(
      exitCode === 0 ? { kind: "passed", detail: "" } : { kind: "failed", reason: errorsOf(output) || output },
    );
  });
}

/** What the ephemeral resource stands for, as a data source. */
function readsToken(json: StackJson): void {
  const { aws_eks_cluster_auth } = Object(json["ephemeral"]);
  json.data["aws_eks_cluster_auth"] = aws_eks_cluster_auth;
  delete json["ephemeral"];
  signsInWith(json, "${data.aws_eks_cluster_auth.cluster.token}");
}

function signsInWith(json: StackJson, token: string): void {
  for (const provider of [...(json.provider["kubernetes"] ?? []), ...(json.provider["helm"] ?? [])]) {
    Object.assign(provider, provider["kubernetes"] === undefined ? { token } : {});
    Object.assign(Object(provider["kubernetes"]), { token });
  }
}

async function tokenOfLongAgo({ plan, keeper, runs }: Sandbox): Promise<string> {
  const { AWS_ACCESS_KEY_ID = "", AWS_SECRET_ACCESS_KEY = "", AWS_SESSION_TOKEN } = runs.context.environment;
  return mintToken({
    clusterName: plan.clusterName,
    region: plan.region,
    stsEndpoint: keeper.awsEndpoint,
    credentials: {
      accessKeyId: AWS_ACCESS_KEY_ID,
      secretAccessKey: AWS_SECRET_ACCESS_KEY,
      ...(AWS_SESSION_TOKEN === undefined ? {} : { sessionToken: AWS_SESSION_TOKEN }),
    },
    at: new Date(Date.now() - 16 * 60_000),
  });
}
