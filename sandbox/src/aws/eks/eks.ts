import type { MotoClient } from "../moto-client";
import { found } from "./errors";
import type { Cluster } from "./records";
import type { EksState } from "./state";

/** Where a cluster's Kubernetes API answers, as DescribeCluster tells it. */
export interface KubernetesEndpoint {
  /** An https URL. */
  readonly endpoint: string;
  /** The PEM of the authority that signed the API server's certificate, in base64. */
  readonly certificateAuthority: string;
}

/** EKS in one account and region, and what its operations stand on. */
export interface Eks {
  readonly accountId: string;
  readonly partition: string;
  readonly region: string;
  readonly state: EksState;
  readonly moto: MotoClient;
  kubernetes(clusterName: string): KubernetesEndpoint;
}

/** A request to EKS, taken apart. */
export interface EksRequest {
  /** The named segments of the path, decoded. */
  readonly path: (name: string) => string;
  readonly query: URLSearchParams;
  /** The JSON document that was sent, an empty object when there was none. */
  readonly document: unknown;
  readonly accessKeyId: string;
}

/** One operation of the EKS API; gives the document to answer with. */
export type Operation = (eks: Eks, request: EksRequest) => object | Promise<object>;

export function arn(eks: Eks, resource: string): string {
  return `arn:${eks.partition}:eks:${eks.region}:${eks.accountId}:${resource}`;
}

/** The time now as EKS writes it, in seconds. */
export function now(): number {
  return Date.now() / 1000;
}

/** @throws EksError ResourceNotFoundException */
export function clusterNamed(eks: Eks, name: string): Cluster {
  return found(eks.state.clusters.get(name), `No cluster found for name: ${name}.`);
}
