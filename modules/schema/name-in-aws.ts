/** A name that we give in AWS, which may be given once where it counts. */
export interface NameInAws {
  /** What has the name, as a reader calls it: `IAM role`. */
  readonly what: string;
  readonly name: string;
  /** Where the name counts. A network is one that several environments may share; their own are never the same. */
  readonly within: "world" | "account" | "region" | { readonly network: string } | { readonly zone: string };
  /** What in the environment makes it. */
  readonly path: readonly PropertyKey[];
  /** Whether AWS takes two names that differ in case alone for one. Default: false. */
  readonly foldsCase?: boolean;
  /** What to do about a second one. Default: another name. */
  readonly remedy?: string;
}
