import type { PolicyId } from "../../modules/policies/policy-ids";
import type { Waiver } from "../../modules/policies/schema";
import type { IsoDate } from "../../modules/schema/iso-date";
import type { Trace } from "../doors/way";
import type { Price } from "./prices/price";

/** One field that differs, JSON text within it opened. */
export interface FieldChange {
  /** Keys from the block's arguments on: `spec.replicas`, `policy.Statement[0].Action`. */
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** Why Terraform destroys a resource and makes it anew, and what goes with it. */
export interface Replacement {
  readonly fields: readonly string[];
  readonly loses: string;
  /** How long it may take to make the new one, by the provider's own limit; undefined where it has none. */
  readonly upToMinutes?: number;
  readonly source: string;
}

export const actions = ["add", "remove", "change", "replace", "move"] as const;
export type Action = (typeof actions)[number];

/** What happens to one resource or data source. */
export interface BlockChange {
  readonly stack: string;
  /** Terraform's address, after the change where it has one. */
  readonly address: string;
  readonly type: string;
  readonly action: Action;
  readonly fields: readonly FieldChange[];
  readonly replacement?: Replacement;
  /** Where it was before. */
  readonly from?: string;
}

/** What a stack publishes, as it differs. */
export interface ContractChange {
  readonly stack: string;
  readonly output: string;
  readonly action: "add" | "remove" | "change" | "retype";
  readonly before?: unknown;
  readonly after?: unknown;
  /** Stacks that read it. */
  readonly readers: readonly string[];
}

export const concerns = [
  "replacement",
  "rename-without-moved",
  "removal",
  "contract-broken",
  "permission-gained",
  "escalation",
  "principal-gained",
  "way-added",
  "way-opened",
  "way-removed",
  "hole",
  "group-opened",
  "cluster-access-gained",
  "kubernetes-rights-gained",
  "encryption-lost",
  "protection-lost",
  "logs-lost",
  "pod-security-weakened",
  "network-policy-lost",
  "public-storage",
  "policy",
  "waiver",
] as const;
/** Sorts of what a reviewer has to look at. */
export type Concern = (typeof concerns)[number];

/** Something to look at. */
export interface Attention {
  readonly concern: Concern;
  readonly environment: string;
  readonly says: string;
  /** `<stack>: <address>`. */
  readonly place?: string;
}

/** Statements of IAM that somebody gains or loses. */
export interface Grant {
  /** Whom or what it is attached to: `<stack>: <address>`, or the policy itself. */
  readonly holder: string;
  readonly effect: "Allow" | "Deny";
  readonly action: string;
  /** Access level by AWS's own data; undefined where AWS knows no such action. */
  readonly level: string | undefined;
  readonly resource: string;
  readonly condition: string;
  /** Who may, where the policy says it itself. */
  readonly principal: string | undefined;
}

export interface WayChange {
  readonly id: string;
  readonly action: "add" | "remove" | "change";
  readonly before?: readonly string[];
  readonly after?: readonly string[];
}

/** What is billed: how many there are of a kind, before and after. */
export interface BillLine {
  readonly what: string;
  readonly before: number;
  readonly after: number;
  /** What one of it costs; undefined where no price of the region has a source. */
  readonly price?: Price;
}

/** Policies that are broken at a place, before, after, or both. */
export interface PolicyChange {
  readonly policy: PolicyId;
  readonly place: string;
  readonly action: "broken" | "kept" | "stands";
  /** Last day on which the environment may break it there; undefined where it may not. */
  readonly waivedUntil?: IsoDate;
}

/** An object of Kubernetes that another version of a chart makes otherwise. */
export interface ManifestChange {
  /** Kind, namespace and name. */
  readonly name: string;
  readonly action: "add" | "remove" | "change";
  readonly fields: readonly FieldChange[];
}

/** Another version of a chart. */
export interface ChartChange {
  readonly place: string;
  readonly chart: string;
  readonly before: string;
  readonly after: string;
  readonly manifests: readonly ManifestChange[];
  /** Why it is not known what the chart makes. */
  readonly unknown?: string;
}

/** A policy that the environment may break, and how that differs. */
export interface WaiverChange extends Waiver {
  readonly policy: string;
  readonly action: "add" | "remove" | "change" | "none";
  /** Whether its last day is over. */
  readonly ended: boolean;
  /** How many places it lets pass, after the change. */
  readonly waives: number;
}

export interface EnvironmentReview {
  readonly environment: string;
  readonly action: "add" | "remove" | "change" | "none";
  readonly changes: readonly BlockChange[];
  /** Settings of stacks: versions of Terraform and its providers, state, providers. */
  readonly settings: readonly (FieldChange & { readonly stack: string })[];
  readonly contract: readonly ContractChange[];
  readonly gained: readonly Grant[];
  readonly lost: readonly Grant[];
  readonly ways: readonly WayChange[];
  readonly bill: readonly BillLine[];
  /** What begins to break a policy, ends to, or does so as before. */
  readonly policies: readonly PolicyChange[];
  readonly waivers: readonly WaiverChange[];
  readonly charts: readonly ChartChange[];
  readonly attention: readonly Attention[];
  /** The ways after the change, for the drawing; undefined where they cannot be read. */
  readonly trace: Trace | undefined;
}

export interface Review {
  /** What is compared: a ref, a folder, plans. */
  readonly before: string;
  readonly after: string;
  readonly environments: readonly EnvironmentReview[];
}

export function attentionOf({ environments }: Review): readonly Attention[] {
  return environments.flatMap(({ attention }) => attention);
}

/** Whether there is nothing to tell beside what stands. */
export function isEmpty({ changes, settings, contract, ways, waivers }: EnvironmentReview): boolean {
  return changes.length + settings.length + contract.length + ways.length + waivers.length === 0;
}
