import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { Surroundings } from "../program/surroundings";
import { terraformProgram, terraformVersion } from "../terraform/program";

/**
 * What a preview needs and what of it is here, as lines to print first.
 *
 * @throws Refusal where Terraform is missing
 */
export function requirements(surroundings: Surroundings): readonly string[] {
  const credentials = credentialSource(surroundings.variables);
  const program = terraformProgram(surroundings.variables);
  return [
    `Terraform: ${program} ${terraformVersion(surroundings) ?? "of a version it does not tell"}`,
    `AWS credentials: ${credentials ?? "none in the environment or in ~/.aws; a role of this machine would do"}`,
  ];
}

/** Where the AWS provider will look first, in its own order; undefined where none of these places has anything. */
function credentialSource(variables: Surroundings["variables"]): string | undefined {
  const named = [
    "AWS_ACCESS_KEY_ID",
    "AWS_PROFILE",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
  ].find((name) => variables[name] !== undefined);
  if (named !== undefined) return `from ${named}`;
  const home = variables["HOME"] ?? homedir();
  const file = [
    variables["AWS_SHARED_CREDENTIALS_FILE"] ?? join(home, ".aws", "credentials"),
    variables["AWS_CONFIG_FILE"] ?? join(home, ".aws", "config"),
  ].find((path) => existsSync(path));
  return file === undefined ? undefined : `from ${file}`;
}
