import { Construct } from "constructs";
import { Repository } from "./repository";
import type { RepositoryOptions } from "./schema";

export interface RegistryProps {
  /** Repositories by name. Names count in the whole account and region, and carry no prefix. */
  readonly repositories: Readonly<Record<string, RepositoryOptions>>;
}

/** The environment's ECR repositories. */
export class Registry extends Construct {
  /** Address of each repository, by name. */
  readonly urls: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: RegistryProps) {
    super(scope, id);
    this.urls = Object.fromEntries(
      Object.entries(props.repositories).map(([name, options]) => [
        name,
        new Repository(this, name, { name, options }).url,
      ]),
    );
  }
}
