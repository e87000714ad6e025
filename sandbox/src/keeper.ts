import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { sync as writeFileSync } from "write-file-atomic";
import { type Aws, startAws } from "./aws/start";
import { startChartRepository } from "./charts/repository";
import { CloudNodes } from "./cloud-nodes";
import { startClusterEndpoint } from "./cluster-endpoint";
import { Controllers } from "./controllers/controllers";
import { cachedExternalDns } from "./controllers/external-dns";
import { findPrograms } from "./controllers/programs";
import { type SandboxFolder, sandboxFolder } from "./folder";
import { ImagePulls } from "./images/image-pulls";
import { pushImages } from "./images/pipeline";
import { Repositories } from "./images/repositories";
import type { KeeperRecord } from "./keeper-record";
import type { AccessEntry } from "./kubernetes/access-entries";
import type { ControlPlane } from "./kubernetes/control-plane";
import { startEksControlPlane } from "./kubernetes/eks-control-plane";
import { KubernetesApiError } from "./kubernetes/kubernetes-api";
import { writeLoadBalancerAddresses } from "./kubernetes/load-balancer-addresses";
import { cachedPrograms } from "./kubernetes/programs";
import { removeDeadWebhookConfigurations } from "./kubernetes/webhook-configurations";
import { endMarkedProcesses } from "./marked-processes";
import { type SandboxPlan, sandboxPlan } from "./plan";
import { processExists } from "./processes";
import { emptyReport, writeReport } from "./report";
import { StandInLoadBalancers } from "./stand-in-load-balancers";
import { createStateBuckets } from "./state-buckets";
import { Traffic } from "./traffic/traffic";

/** Something to end, in the reverse order of starting. */
type Ending = () => Promise<void>;

/**
 * The process that a sandbox lives in: it starts AWS, Kubernetes and what stands in for controllers, and stays until it is
 * asked to end or until the process that started the sandbox dies before the sandbox is up.
 */
async function keep(folder: SandboxFolder): Promise<void> {
  const plan = sandboxPlan.parse(JSON.parse(readFileSync(folder.plan, "utf8")));
  const endings: Ending[] = [];
  const ending = new AbortController();
  process.once("SIGTERM", () => ending.abort());
  // Ctrl-C in the terminal is for the command in the foreground, which decides what becomes of the sandbox.
  process.on("SIGINT", () => undefined);
  try {
    const record = await start(folder, plan, endings);
    writeFileSync(join(folder.root, "aws.sh"), shellLines(record.awsEnvironment), { mode: 0o600 });
    writeFileSync(folder.keeper, JSON.stringify(record, null, 2), { mode: 0o600 });
    while (!ending.signal.aborted && ownerLives(folder)) {
      await sleep(500, undefined, { signal: ending.signal }).catch(() => undefined);
    }
  } finally {
    rmSync(folder.keeper, { force: true });
    if (!ownerLives(folder)) {
      // Whoever would have ended what runs on the sandbox is gone.
      await endMarkedProcesses(folder).catch((error: unknown) => console.error(error));
    }
    for (const end of endings.reverse()) {
      await end().catch((error: unknown) => console.error(error));
    }
  }
}

async function start(folder: SandboxFolder, plan: SandboxPlan, endings: Ending[]): Promise<KeeperRecord> {
  const programs = cachedPrograms();
  if (programs === undefined) {
    throw new Error("the control plane's programs are not built; `sandbox up` builds them before it starts a keeper.");
  }
  const { region, accountId, principalArn, clusterName } = plan;
  const aws = await startAws({ workDir: folder.aws, region, accountId, principalArn });
  endings.push(() => aws.stop());
  if (process.env["SANDBOX_PRINCIPALS"] !== "none") {
    await Promise.all(plan.principals.map((arn) => aws.credentials(arn)));
  }
  await createStateBuckets(aws, plan.stateBuckets);
  const traffic = plan.traffic === undefined ? undefined : await Traffic.prepare(folder, plan.traffic);
  endings.push(async () => traffic?.stop());
  const controlPlane = await startEksControlPlane({
    name: "kubernetes",
    workDir: folder.root,
    programs,
    nodes: { count: plan.hasNodeGroups ? 0 : Math.max(3, plan.zones.length), zones: plan.zones },
    ...(traffic === undefined ? {} : { schedulerConfiguration: traffic.placement.schedulerConfiguration }),
    clusterName,
    awsEndpoint: aws.endpoint,
    waitForImages: true,
    accessEntries: async (name) => accessEntries(aws, name),
    secretAccessKey: (key) =>
      key === aws.environment["AWS_ACCESS_KEY_ID"] ? aws.environment["AWS_SECRET_ACCESS_KEY"] : undefined,
  });
  endings.push(() => controlPlane.stop());
  const caller = process.env["SANDBOX_CALLER"] ?? plan.caller;
  const lost = new Set<string>();
  const clusterEndpoint = await startClusterEndpoint({
    awsEndpoint: aws.endpoint,
    region,
    clusterName,
    server: controlPlane.server,
    caller,
    onLost: () => {
      lost.add(
        `${caller} calls the API server of ${clusterName}, and neither a public network of its endpoint nor a rule of its ` +
          "security group for port 443 lets it in: nobody answers (SANDBOX_CALLER)",
      );
    },
    onError: (error) => console.error(error),
  });
  endings.push(() => clusterEndpoint.close());
  aws.setKubernetes(clusterEndpoint.address, controlPlane.caCertificateBase64);
  const { kubernetesVersion: kubeletVersion } = programs;
  await standIn(folder, plan, { aws, controlPlane, kubeletVersion, traffic, endings, lost });
  mkdirSync(folder.charts, { recursive: true });
  const charts = await startChartRepository(folder.charts);
  endings.push(() => charts.close());
  return {
    pid: process.pid,
    startedAt: new Date().toISOString(),
    awsEndpoint: aws.endpoint,
    awsEnvironment: { ...aws.environment },
    kubernetesServer: controlPlane.server,
    kubeconfig: controlPlane.kubeconfigPath,
    chartRepository: charts.address,
  };
}

/** What makes a shell's programs use this AWS. */
function shellLines(environment: Readonly<Record<string, string>>): string {
  const quoted = (value: string) => `'${value.replaceAll("'", "'\\''")}'`;
  return Object.entries(environment)
    .map(([name, value]) => `export ${name}=${quoted(value)}\n`)
    .join("");
}

interface Running {
  readonly aws: Aws;
  readonly controlPlane: ControlPlane;
  readonly kubeletVersion: string;
  readonly traffic: Traffic | undefined;
  readonly endings: Ending[];
  /** Why connections to the API server are not answered. */
  readonly lost: ReadonlySet<string>;
}

/** Runs the controllers that can be had, does the least that is missing of the others, and keeps the report. */
async function standIn(folder: SandboxFolder, plan: SandboxPlan, running: Running): Promise<void> {
  const { aws, controlPlane, kubeletVersion, traffic, endings, lost } = running;
  const { api } = controlPlane;
  const faults: string[] = [];
  const onError = (error: unknown) => {
    // A server that is busy with a definition that has just come says so; it is asked again.
    if (error instanceof KubernetesApiError && [409, 429, 503].includes(error.status)) {
      return;
    }
    const fault = error instanceof Error ? error.message : String(error);
    if (!faults.includes(fault)) {
      faults.push(fault);
      console.error(fault);
    }
  };
  await traffic?.start({ aws, controlPlane, plan, onError });
  if (plan.hasNodeGroups) {
    const host = traffic === undefined ? {} : { host: traffic.host };
    const nodes = new CloudNodes({ aws, controlPlane, plan, kubeletVersion, onError, ...host });
    endings.push(() => nodes.stop());
  }
  const repositories = new Repositories(aws.endpoint, plan.region, plan.accountId);
  // Where pods run for real, images with something in them are pushed.
  if (process.env["SANDBOX_IMAGES"] !== "none" && traffic === undefined) {
    const pipeline = pushImages({ repositories, images: plan.images, onError });
    endings.push(() => pipeline.stop());
  }
  const controllers = await Controllers.start({
    programs: controllerPaths(),
    folder,
    aws,
    controlPlane,
    clusterName: plan.clusterName,
    onError,
  });
  endings.push(() => controllers.stop());
  const isPlayed = (node: string) => traffic?.runsPodsOf(node) !== true;
  const pulls = new ImagePulls({ api, repositories, answers: controllers.answers, isPlayed, onError });
  endings.push(() => pulls.stop());
  const webhooks = removeDeadWebhookConfigurations({ api, isServed: controllers.answersFor, onError });
  endings.push(() => webhooks.stop());
  const { region, clusterName } = plan;
  const balancers = new StandInLoadBalancers({ api, awsEndpoint: aws.endpoint, region, clusterName, onError });
  endings.push(() => balancers.stop());
  const addresses = writeLoadBalancerAddresses({
    api,
    region,
    isServed: controllers.isServed,
    balancerFor: (kind, object) => balancers.hostnameFor(kind, object),
    onError,
  });
  endings.push(() => addresses.stop());
  const write = () =>
    writeReport(folder.report, {
      removedWebhooks: webhooks.removed.map((webhook) => ({ ...webhook, services: [...webhook.services] })),
      writtenAddresses: [...addresses.written],
      controllers: [...controllers.states],
      certificates: [...controllers.certificates],
      ...(traffic === undefined ? {} : { traffic: traffic.report }),
      callers: aws.heldCallers().map(({ principalArn, actions, denied, unneeded, needed }) => ({
        principalArn,
        actions: [...actions],
        denied: [...denied],
        unneeded: [...unneeded],
        needed: needed.map((each) => ({ statement: each.statement, actions: [...each.actions] })),
      })),
      refused: [...lost],
      faults,
    });
  writeReport(folder.report, emptyReport);
  const timer = setInterval(write, 1000);
  endings.push(async () => {
    clearInterval(timer);
    write();
  });
}

/** Those of the folder, and ExternalDNS where it was built. */
function controllerPaths(): ReadonlyMap<string, string> {
  const built = cachedExternalDns();
  const found = findPrograms(process.env["SANDBOX_CONTROLLERS"]);
  return built === undefined ? found : new Map([["external-dns", built], ...found]);
}

function accessEntries(aws: Aws, clusterName: string): readonly AccessEntry[] {
  return aws.accessEntries(clusterName).map(({ principalArn, username, kubernetesGroups, policies }) => ({
    principalArn,
    username,
    groups: kubernetesGroups,
    policies: policies.map(({ policyArn, accessScope: { type, namespaces } }) => ({
      policyArn,
      scope: type === "cluster" ? { type } : { type, namespaces },
    })),
  }));
}

/** An owner that took its claim back lets the sandbox stay. */
function ownerLives(folder: SandboxFolder): boolean {
  try {
    return processExists(Number(readFileSync(folder.owner, "utf8")));
  } catch {
    return true;
  }
}

keep(sandboxFolder(process.argv[2] ?? "")).then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
