import type { IsoDate } from "../../modules/lifecycle/components";
import type { FileProblem, Problem } from "../../modules/schema/problem";
import type { Environment } from "../environment";

/** What a file under `environments/` exports, before anything is known of it. */
export interface EnvironmentFile {
  /** As messages name it, such as `environments/prod.ts`. */
  readonly file: string;
  /** The file's name without `.ts`. */
  readonly name: string;
  readonly value: unknown;
}

/** A file whose value fits the schema. */
export interface ParsedFile {
  readonly file: string;
  readonly environment: Environment;
}

/** Something a reader should know, though it stops nothing. */
export interface Warning {
  readonly file: string;
  readonly message: string;
}

/** What rules may know beside the environment itself. */
export interface RuleContext {
  /** The file's name without `.ts`. */
  readonly name: string;
  /** The day that support dates are measured against. */
  readonly today: IsoDate;
}

/** A rule across fields: a pure function of one environment. */
export type Rule = (environment: Environment, context: RuleContext) => readonly Problem[];

/** What an environment should know, as sentences. */
export type Warner = (environment: Environment, context: RuleContext) => readonly string[];

/** A rule across environments. */
export type RuleAcrossFiles = (files: readonly ParsedFile[]) => readonly FileProblem[];
