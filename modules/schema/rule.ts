import type { Problem } from "./problem";

/** What rules may know beside what they judge. */
export interface RuleContext {
  /** The environment file's name without `.ts`. */
  readonly name: string;
}

/**
 * What cannot work and no schema can see: a pure function of the part of an environment that it names, the same on every
 * day. Every rule of the house is one, so a feature's rule goes into the list of the whole environment as it is.
 */
export type Rule<Subject> = (subject: Subject, context: RuleContext) => readonly Problem[];
