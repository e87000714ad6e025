import type { IsoDate } from "../../modules/schema/iso-date";
import type { FileProblem } from "../../modules/schema/problem";
import type { RuleContext, Rule as RuleOf } from "../../modules/schema/rule";
import type { Environment } from "../environment";

export type { RuleContext };

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

/** A rule that the whole environment is held to. */
export type Rule = RuleOf<Environment>;

/** What an environment should know on a day, as sentences. */
export type Warner = (environment: Environment, today: IsoDate) => readonly string[];

/** A rule across environments. */
export type RuleAcrossFiles = (files: readonly ParsedFile[]) => readonly FileProblem[];
