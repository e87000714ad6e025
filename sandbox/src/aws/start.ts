import { mkdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { accessCheck } from "./access/access-check";
import { type HeldCaller, HeldCalls } from "./access/held-calls";
import { Principals } from "./access/principals";
import { apiGatewayExtension } from "./apigateway/extension";
import { type Credentials, credentialsOf } from "./credentials";
import { ec2Extension } from "./ec2/extension";
import { imageScanningExtension } from "./ecr/scanning";
import type { KubernetesEndpoint } from "./eks/eks";
import { type EksExtensionOptions, eksExtension, eksOf } from "./eks/extension";
import { ofCluster, policiesOf } from "./eks/state";
import { loadBalancerExtension } from "./elasticloadbalancing/load-balancers";
import type { TargetHealth } from "./elasticloadbalancing/target-health";
import { startFront } from "./front";
import { iamExtension } from "./iam/extension";
import { awsInventory, type Inventory } from "./inventory";
import { logsExtension } from "./logs/extension";
import { modelRefusal } from "./model/refusal";
import { requestModelOf } from "./model/request-model";
import { startMoto } from "./moto";
import { MotoClient } from "./moto-client";
import { partitionOf } from "./partition";
import { pythonEnvironment } from "./python-environment";
import { Recording } from "./recording/recording";
import { route53Extension } from "./route53/extension";
import { publicParameterExtension } from "./ssm/public-parameters";
import { Store } from "./store";
import { stsExtension } from "./sts/extension";
import { serviceNetworkExtension } from "./vpc-lattice/service-networks";

export interface AwsOptions {
  /** A folder of this sandbox alone, made when missing. State, logs and process ids are kept there. */
  readonly workDir: string;
  /** The account that everything is in, twelve digits. Default: 123456789012, moto's own. */
  readonly accountId?: string;
  /** The region of the environment variables; other regions answer too. */
  readonly region: string;
  /** Where the clusters' Kubernetes API answers, when it is known already. */
  readonly kubernetes?: KubernetesEndpoint;
  /**
   * The IAM role or user that the environment's credentials belong to; made when missing.
   * Default: the role `sandbox-administrator`.
   */
  readonly principalArn?: string;
}

/** An access entry of a cluster, with what a token webhook needs to admit its principal. */
export interface AccessEntryView {
  /** The ARN of a role or user; never of a session. */
  readonly principalArn: string;
  /** May hold `{{SessionName}}` and the other placeholders of EKS. */
  readonly username: string;
  readonly kubernetesGroups: readonly string[];
  readonly type: string;
  readonly policies: readonly {
    readonly policyArn: string;
    readonly accessScope: { readonly type: "cluster" | "namespace"; readonly namespaces: readonly string[] };
  }[];
}

/** AWS, running on this machine. */
export interface Aws {
  /** An http URL on loopback; the one address of all services. */
  readonly endpoint: string;
  /**
   * What a program needs in its environment to use this AWS: the endpoint, the region, credentials, and a PATH on which
   * the `aws` CLI comes first.
   */
  readonly environment: Readonly<Record<string, string>>;
  /** Makes DescribeCluster answer with this Kubernetes API for one cluster, or for every cluster that has none set. */
  setKubernetes(endpoint: string, certificateAuthority: string, clusterName?: string): void;
  /** Who knows whether a target of a target group answers. Until somebody does, all of them are healthy. */
  setTargetHealth(health: TargetHealth): void;
  /** The access entries of a cluster; empty when there is no such cluster. */
  accessEntries(clusterName: string): readonly AccessEntryView[];
  /** Everything that exists in the account and region, to compare with what was there before or after. */
  inventory(): Promise<Inventory>;
  /** What the roles and users of stacks called, and what of it they were denied. */
  heldCallers(): readonly HeldCaller[];
  /** Credentials of another role or user of the account, made when missing. */
  credentials(principalArn: string): Promise<Credentials>;
  /** Ends everything that was started. What was made in this AWS is lost. */
  stop(): Promise<void>;
}

const notYetThere: KubernetesEndpoint = {
  endpoint: "https://kubernetes.invalid",
  certificateAuthority: Buffer.from("There is no Kubernetes API in this sandbox yet.").toString("base64"),
};

/**
 * Starts an AWS API on this machine: moto, and in front of it, on one loopback port, what moto lacks. `AWS_ENDPOINT_URL`
 * alone turns Terraform, the AWS CLI and every SDK to it. A second start for the same folder, after the process of the
 * first has died, finds everything as it was, for two minutes.
 *
 * @throws when Python is missing or too old, or when a sandbox runs in the folder
 */
export async function startAws(options: AwsOptions): Promise<Aws> {
  const { workDir, region, accountId = "123456789012" } = options;
  const principalArn = options.principalArn ?? `arn:aws:iam::${accountId}:role/sandbox-administrator`;
  mkdirSync(workDir, { recursive: true });
  const moto = await startMoto({ workDir, accountId });
  try {
    const client = new MotoClient(moto.port);
    const store = Store.open(join(workDir, "front.json"), moto.pid);
    const clusters = new Map<string, KubernetesEndpoint>();
    let targetHealth: TargetHealth = () => true;
    let anyCluster = options.kubernetes ?? notYetThere;
    const eks: EksExtensionOptions = {
      accountId,
      store,
      moto: client,
      kubernetes: (clusterName) => clusters.get(clusterName) ?? anyCluster,
    };
    const principals = new Principals(client, region);
    const heldCalls = new HeldCalls();
    const recording = new Recording(join(workDir, "calls.jsonl"), accountId);
    const front = await startFront({
      moto: client,
      modelOf: (call) => requestModelOf(client, call),
      checks: [
        async ({ model }) => model && modelRefusal(model),
        accessCheck({ moto: client, principals, calls: heldCalls, accountId, partition: partitionOf(region) }),
      ],
      onAnswer: (call, answer) => {
        if (call.model?.service === "iam" && !/^(Get|List)/.test(call.model.operation)) {
          principals.forget();
        }
        recording.add(call, answer);
      },
      extensions: [
        apiGatewayExtension(client, store),
        stsExtension(client),
        ec2Extension(client, store),
        eksExtension(eks),
        iamExtension(client),
        imageScanningExtension(client),
        loadBalancerExtension(client, store, (...target) => targetHealth(...target)),
        logsExtension(client, store),
        route53Extension(client),
        publicParameterExtension(),
        serviceNetworkExtension(store, accountId),
      ],
    });
    const { toolsFolder } = await pythonEnvironment();
    const endpoint = `http://127.0.0.1:${front.port}`;
    const environment = {
      AWS_ENDPOINT_URL: endpoint,
      AWS_REGION: region,
      // The AWS CLI of major version 1 reads this one only.
      AWS_DEFAULT_REGION: region,
      AWS_EC2_METADATA_DISABLED: "true",
      ...(await credentialsOf(client, region, principalArn)),
      PATH: [toolsFolder, process.env["PATH"]].join(delimiter),
    };
    return {
      endpoint,
      environment,
      setKubernetes(kubernetesEndpoint, certificateAuthority, clusterName) {
        const kubernetes = { endpoint: kubernetesEndpoint, certificateAuthority };
        if (clusterName === undefined) {
          anyCluster = kubernetes;
        } else {
          clusters.set(clusterName, kubernetes);
        }
      },
      setTargetHealth(health) {
        targetHealth = health;
      },
      accessEntries: (clusterName) => accessEntries(eks, region, clusterName),
      inventory: () => awsInventory(environment),
      heldCallers: () => heldCalls.summary(),
      credentials: (arn) => credentialsOf(client, region, arn),
      async stop() {
        await front.stop();
        await moto.stop();
      },
    };
  } catch (error) {
    await moto.stop();
    throw error;
  }
}

function accessEntries(options: EksExtensionOptions, region: string, clusterName: string): readonly AccessEntryView[] {
  const { state } = eksOf(options, region);
  return ofCluster(state.accessEntries, clusterName).map(({ principalArn, username, kubernetesGroups, type }) => ({
    principalArn,
    username,
    kubernetesGroups,
    type,
    policies: policiesOf(state, clusterName, principalArn),
  }));
}
