import type { Organization } from "../organization";
import type { Queue } from "../runs/queue";

/** What handlers answer from. */
export interface Service {
  readonly organization: Organization;
  readonly queue: Queue;
  /** Address of bytes that are up- or downloaded without signing in; whoever knows it may. */
  readonly objectUrl: (kind: ObjectKind, id: string) => string;
}

export type ObjectKind = "state" | "json" | "configuration" | "log";
