import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { Construct } from "constructs";
import { keepCompanyRules } from "../modules/aws/company-rules";
import { IssuedCertificates } from "../modules/certificates/issued";
import { checkCaller } from "../modules/cluster/caller";
import { awsProvidersOfCluster } from "../modules/cluster/provider-floors";
import { awsProvidersOfAssociations } from "../modules/identity/association";
import { declareKubernetesProviders } from "../modules/kubernetes/credentials";
import type { BalancerSettings } from "../modules/load-balancer/attributes";
import type { BalancerNetwork } from "../modules/load-balancer/subnets";
import { privateSubnetCount, publicSubnetCount } from "../modules/network/subnet-counts";
import {
  type Contract,
  type ListOutput,
  type Outputs,
  type Published,
  publish,
  type Read,
} from "../modules/state/contract";
import { declareBackend, read } from "../modules/state/remote-state";
import { AddressedStack } from "../modules/terraform/addressed-stack";
import type { Environment } from "../platform/environment";
import { awsProvidersOfRoutes } from "../platform/route";
import type { clusterContract, identityContract } from "./contracts";
import { type StackName, stackId } from "./order";
import { contractsRead } from "./reads";

export type { StackName } from "./order";

/** Oldest Terraform that has everything the stacks use; OpenTofu counts alike. Lock files in S3 came with 1.10. */
const terraformFloor = "1.10.0";

/** Ephemeral resources came with Terraform 1.10 and OpenTofu 1.11; one constraint goes for both. */
const ephemeralFloor = "1.11.0";

/** Where CloudFront takes certificates from, wherever its origin is. */
const edgeRegion = "us-east-1";

/** One Terraform root module of an environment: its backend, its providers, its addresses. */
export abstract class EnvironmentStack extends AddressedStack {
  private madeEdgeProvider: AwsProvider | undefined;

  constructor(
    scope: Construct,
    readonly stackName: StackName,
    protected readonly environment: Environment,
  ) {
    super(scope, stackId(environment.name, stackName));
    const { aws } = environment;
    keepCompanyRules(this, aws);
    declareBackend(this, environment.state, { environment: environment.name, stack: stackName, region: aws.region });
    this.addOverride("terraform.required_version", `>= ${terraformFloor}`);
    this.requireProvider("aws", `>= ${awsProviderFloor(stackName, environment)}, < 7.0.0`);
    this.awsProvider("aws", aws.region);
  }

  /** Signs in to a region; `alias` tells a second region from the environment's own. */
  private awsProvider(id: string, region: string, alias?: string): AwsProvider {
    const { name, aws } = this.environment;
    return new AwsProvider(this, id, {
      region,
      allowedAccountIds: [aws.accountId],
      defaultTags: [{ tags: { Environment: name, ManagedBy: "terraform", ...aws.tags } }],
      assumeRole: aws.assumeRole === undefined ? undefined : [aws.assumeRole],
      ...(alias === undefined ? {} : { alias }),
    });
  }

  /** Provider of the region that CloudFront takes certificates from; none of its own where that is the environment's. */
  protected readonly edgeProvider = (): AwsProvider | undefined => {
    if (this.environment.aws.region === edgeRegion) return undefined;
    this.madeEdgeProvider ??= this.awsProvider("aws_edge", edgeRegion, "edge");
    return this.madeEdgeProvider;
  };

  /** Certificates of the identity stack, as doors present them. */
  protected issuedCertificates(identity: Read<typeof identityContract.outputs>): IssuedCertificates {
    return new IssuedCertificates(this, "certificate", {
      certificates: this.environment.certificates,
      published: { region: identity.certificate_arns, edge: identity.edge_certificate_arns },
      edgeProvider: this.edgeProvider,
    });
  }

  /** From the registry of who reads it: Terraform's or OpenTofu's. */
  protected requireProvider(name: "aws" | "kubernetes" | "helm", version: string): void {
    this.addOverride(`terraform.required_providers.${name}`, {
      source: `hashicorp/${name}`,
      version,
    });
  }

  /** Providers of Kubernetes and Helm, signed in to the cluster that the contract names. */
  protected signInToCluster(cluster: Read<typeof clusterContract.outputs>): void {
    const { name, aws, cluster: options } = this.environment;
    checkCaller(this, "caller", {
      environment: name,
      clusterStack: stackId(name, "cluster"),
      access: options.access,
    });
    if (options.credentials === "token") this.needEphemeral();
    this.requireProvider("kubernetes", ">= 2.38.0, < 3.0.0");
    this.requireProvider("helm", ">= 3.1.1, < 4.0.0");
    declareKubernetesProviders(this, {
      kind: options.credentials,
      clusterName: cluster.cluster_name,
      region: aws.region,
      endpoint: cluster.cluster_endpoint,
      certificateAuthority: cluster.cluster_certificate_authority,
      roleArn: aws.assumeRole?.roleArn,
    });
  }

  /** Raises the floor of a stack that has ephemeral resources. */
  protected needEphemeral(): void {
    this.addOverride("terraform.required_version", `>= ${ephemeralFloor}`);
  }

  /** What every load balancer of the environment has. */
  protected balancerSettings(identity: Read<typeof identityContract.outputs>): BalancerSettings {
    const { accessLogs, deletionProtection, shieldAdvanced } = this.environment.loadBalancers;
    return {
      logBucket: accessLogs.kind === "on" ? identity.access_log_bucket : undefined,
      deletionProtection,
      shieldAdvanced,
    };
  }

  /** The cluster's subnets one by one; how many there are is known before anything is made. */
  protected subnetsOf(cluster: Read<typeof clusterContract.outputs>): BalancerNetwork {
    const { network } = this.environment;
    const oneByOne = (count: number, list: ListOutput) => Array.from({ length: count }, (_, index) => list.at(index));
    return {
      publicSubnetIds: oneByOne(publicSubnetCount(network), cluster.public_subnet_ids),
      privateSubnetIds: oneByOne(privateSubnetCount(network), cluster.private_subnet_ids),
    };
  }

  protected publish<O extends Outputs>(contract: Contract<O>, values: Published<O>): Published<O> {
    publish(this, contract, values);
    return values;
  }

  protected read<O extends Outputs>(contract: Contract<O>): Read<O> {
    const known: readonly string[] = contractsRead[this.stackName];
    if (!known.includes(contract.stack)) {
      throw new Error(`${this.stackName} reads the contract of ${contract.stack}, and stacks/reads.ts does not say so`);
    }
    return read(this, contract, this.environment.state, {
      environment: this.environment.name,
      region: this.environment.aws.region,
    });
  }
}

/** Arguments of 5.100 that 6.x has too, unless the environment asks this stack for one that came later. */
function awsProviderFloor(stackName: StackName, environment: Environment): string {
  const needed = [
    "5.100.0",
    ...(stackName === "cluster" ? awsProvidersOfCluster(environment.cluster) : []),
    ...(stackName === "identity" ? awsProvidersOfAssociations(environment.identity.associations) : []),
    ...(stackName === "apps" ? awsProvidersOfRoutes(environment) : []),
  ];
  return needed.reduce((floor, other) => (floor.localeCompare(other, "en", { numeric: true }) < 0 ? other : floor));
}
