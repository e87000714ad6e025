import { createHash } from "node:crypto";
import { DescribeSubnetsCommand, EC2Client } from "@aws-sdk/client-ec2";
import { DescribeClusterCommand, EKSClient } from "@aws-sdk/client-eks";
import {
  CreateLoadBalancerCommand,
  DeleteLoadBalancerCommand,
  ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { z } from "zod";
import { filters } from "./aws/ec2/client";
import { sdkOptions } from "./aws/sdk";
import type { KubernetesApi } from "./kubernetes/kubernetes-api";
import type { KubernetesObject } from "./kubernetes/kubernetes-object";
import type { AddressedKind } from "./kubernetes/load-balancer-addresses";
import { type Repetition, repeatedly } from "./repeatedly";

export interface StandInLoadBalancersProps {
  readonly api: KubernetesApi;
  readonly awsEndpoint: string;
  readonly region: string;
  readonly clusterName: string;
  readonly onError: (error: unknown) => void;
}

/** Milliseconds between two looks for objects that are gone. */
const interval = 500;

const serviceClass = "service.k8s.aws/nlb";
const ingressController = "ingress.k8s.aws/alb";
const annotation = {
  serviceScheme: "service.beta.kubernetes.io/aws-load-balancer-scheme",
  ingressScheme: "alb.ingress.kubernetes.io/scheme",
  ingressGroup: "alb.ingress.kubernetes.io/group.name",
};

const collections: Readonly<Partial<Record<AddressedKind, string>>> = {
  Service: "/api/v1/services",
  Ingress: "/apis/networking.k8s.io/v1/ingresses",
};

const serviceSchema = z.looseObject({ spec: z.looseObject({ loadBalancerClass: z.string().optional() }) });
const ingressSchema = z.looseObject({ spec: z.looseObject({ ingressClassName: z.string().optional() }) });
const classSchema = z.looseObject({ spec: z.looseObject({ controller: z.string().optional() }) });

/** What an object asks of the load balancer controller. */
interface Wanted {
  readonly type: "network" | "application";
  readonly internetFacing: boolean;
  /** Tag by which the controller knows a balancer again; several Ingresses may share one. */
  readonly stack: { readonly key: string; readonly value: string };
}

interface Made {
  readonly arn: string;
  readonly hostname: string;
  /** `Kind namespace/name` of the objects that it serves. */
  readonly objects: Set<string>;
}

/**
 * Load balancers in the place of the load balancer controller, where that does not run: with its tags and scheme, in the
 * subnets that it would find, so that what looks for one finds it. Nothing is behind them: no listener, no target.
 */
export class StandInLoadBalancers {
  private readonly ec2: EC2Client;
  private readonly eks: EKSClient;
  private readonly balancing: ElasticLoadBalancingV2Client;
  private readonly made = new Map<string, Promise<Made>>();
  private readonly looking: Repetition;

  constructor(private readonly props: StandInLoadBalancersProps) {
    const options = sdkOptions(props.awsEndpoint, props.region);
    this.ec2 = new EC2Client(options);
    this.eks = new EKSClient(options);
    this.balancing = new ElasticLoadBalancingV2Client(options);
    this.looking = repeatedly(interval, () => this.takeAway(), props.onError);
  }

  /** Name of the balancer that an object gets; undefined where the controller would not make one. */
  async hostnameFor(kind: AddressedKind, object: KubernetesObject): Promise<string | undefined> {
    const wanted = await this.wanted(kind, object);
    if (wanted === undefined) {
      return undefined;
    }
    const key = `${wanted.stack.key}=${wanted.stack.value}`;
    const making = this.made.get(key) ?? this.make(wanted);
    this.made.set(key, making);
    try {
      const { hostname, objects } = await making;
      objects.add(nameOf(kind, object));
      return hostname;
    } catch (error) {
      this.made.delete(key);
      throw error;
    }
  }

  async stop(): Promise<void> {
    await this.looking.stop();
  }

  /** Deletes the balancers whose objects are all gone. */
  private async takeAway(): Promise<void> {
    if (this.made.size === 0) {
      return;
    }
    const settled = [...(await Promise.all([...this.made].map(async ([key, made]) => [key, await made] as const)))];
    const lists = Object.entries(collections).map(async ([kind, path]) =>
      ((await this.props.api.list(path))?.items ?? []).map((object) => nameOf(kind, object)),
    );
    const there = new Set((await Promise.all(lists)).flat());
    for (const [key, made] of settled) {
      if (![...made.objects].some((name) => there.has(name))) {
        await this.delete(key, made);
      }
    }
  }

  /** One that AWS does not let go yet is tried again. */
  private async delete(key: string, made: Made): Promise<void> {
    this.made.delete(key);
    await this.balancing.send(new DeleteLoadBalancerCommand({ LoadBalancerArn: made.arn })).catch((error: unknown) => {
      this.made.set(key, Promise.resolve(made));
      throw error;
    });
  }

  private async wanted(kind: AddressedKind, object: KubernetesObject): Promise<Wanted | undefined> {
    const { namespace = "default", name, annotations = {} } = object.metadata;
    switch (kind) {
      case "Service":
        return serviceSchema.parse(object).spec.loadBalancerClass === serviceClass
          ? {
              type: "network",
              internetFacing: annotations[annotation.serviceScheme] === "internet-facing",
              stack: { key: "service.k8s.aws/stack", value: `${namespace}/${name}` },
            }
          : undefined;
      case "Ingress":
        return (await this.controllerOf(ingressSchema.parse(object).spec.ingressClassName)) === ingressController
          ? {
              type: "application",
              internetFacing: annotations[annotation.ingressScheme] === "internet-facing",
              stack: {
                key: "ingress.k8s.aws/stack",
                value: annotations[annotation.ingressGroup] ?? `${namespace}/${name}`,
              },
            }
          : undefined;
      case "Gateway":
        return undefined;
      default:
        return unknownKind(kind);
    }
  }

  private async controllerOf(ingressClass: string | undefined): Promise<string | undefined> {
    const path = `/apis/networking.k8s.io/v1/ingressclasses/${ingressClass}`;
    const found = ingressClass === undefined ? undefined : await this.props.api.get(path);
    return found === undefined ? undefined : classSchema.parse(found).spec.controller;
  }

  private async make({ type, internetFacing, stack }: Wanted): Promise<Made> {
    const subnets = await this.subnets(internetFacing);
    const hash = createHash("sha256").update(`${stack.key}=${stack.value}`).digest("hex").slice(0, 10);
    const { LoadBalancers = [] } = await this.balancing.send(
      new CreateLoadBalancerCommand({
        Name: `k8s-${stack.value.replaceAll(/[^a-z0-9]/g, "").slice(0, 16)}-${hash}`,
        Type: type,
        Scheme: internetFacing ? "internet-facing" : "internal",
        Tags: [
          { Key: "elbv2.k8s.aws/cluster", Value: this.props.clusterName },
          { Key: stack.key, Value: stack.value },
        ],
        Subnets: [...subnets],
      }),
    );
    const [balancer] = LoadBalancers;
    return { arn: balancer?.LoadBalancerArn ?? "", hostname: balancer?.DNSName ?? "", objects: new Set() };
  }

  /** By the tags that the controller goes by. */
  private async subnets(internetFacing: boolean): Promise<readonly string[]> {
    const { cluster } = await this.eks.send(new DescribeClusterCommand({ name: this.props.clusterName }));
    const vpcId = cluster?.resourcesVpcConfig?.vpcId ?? "";
    const role = `kubernetes.io/role/${internetFacing ? "elb" : "internal-elb"}`;
    const command = new DescribeSubnetsCommand({ Filters: filters({ "vpc-id": [vpcId], "tag-key": [role] }) });
    const { Subnets = [] } = await this.ec2.send(command);
    const subnets = Subnets.flatMap(({ SubnetId }) => SubnetId ?? []);
    if (subnets.length === 0) {
      throw new Error(`no subnet of ${vpcId} has the tag ${role}, so no load balancer has a place`);
    }
    return subnets;
  }
}

function nameOf(kind: string, { metadata: { namespace = "default", name } }: KubernetesObject): string {
  return `${kind} ${namespace}/${name}`;
}

function unknownKind(kind: never): never {
  throw new Error(`no load balancer for ${JSON.stringify(kind)}`);
}
