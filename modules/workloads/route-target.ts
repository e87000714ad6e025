import type { ITerraformDependable } from "cdktf";

/** The workload a route belongs to, as far as it is known before anything is made. */
export interface RouteOwner {
  /** Name of the workload in the environment. */
  readonly name: string;
  readonly namespace: string;
}

/** The workload a route leads to, as far as a door needs to know it. */
export interface RouteTarget extends RouteOwner {
  readonly service: { readonly name: string; readonly port: number };
  /** Port the container listens on. */
  readonly containerPort: number;
  /** Labels that select the pods. */
  readonly selector: Readonly<Record<string, string>>;
  /** Seconds that a pod goes on serving once it is to end. */
  readonly drainSeconds: number;
  /** Path and container port of the HTTP readiness probe, where there is one. */
  readonly healthCheck: { readonly path: string; readonly port: number } | undefined;
  /** Service (and whatever else) that must be there first. */
  readonly ready: ITerraformDependable;
}
