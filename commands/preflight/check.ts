import type { IsoDate } from "../../modules/schema/iso-date";
import type { Environment } from "../../platform/environment";
import type { Facts } from "./facts";

/** Something that is not as an apply needs it. */
export interface Finding {
  /** Whether an apply would fail for it, or a person should merely know. */
  readonly severity: "stops" | "warns";
  readonly what: string;
  /** What to do about it. */
  readonly remedy: string;
}

/** What is to be applied. */
export interface Subject {
  readonly environment: Environment;
  /** Number of resources of a type in all stacks. */
  readonly count: (type: string) => number;
  /** Charts with their repositories, as the stacks name them. */
  readonly charts: readonly { readonly name: string; readonly repository: string }[];
  /** Oldest Terraform that every stack takes. */
  readonly terraformFloor: string;
  /** Ids of the stacks. */
  readonly stacks: readonly string[];
  readonly today: IsoDate;
}

/** One thing that is looked at before an apply. It decides by facts alone, so a test can give it any. */
export interface Check {
  readonly name: string;
  /** Whether it asks AWS; such a check waits for credentials of the right account. */
  readonly asksAws: boolean;
  readonly look: (subject: Subject, facts: Facts) => Promise<readonly Finding[]>;
}

export function stops(what: string, remedy: string): Finding {
  return { severity: "stops", what, remedy };
}

export function warns(what: string, remedy: string): Finding {
  return { severity: "warns", what, remedy };
}
