import type { EnvironmentInput } from "./environment";

/**
 * Declares an environment: the default export of a file under `environments/`.
 * It only types the data; `checkEnvironments` checks it together with all other files, so that every problem shows at
 * once. It stands alone in its file: what an environment imports is read again whenever that environment changes.
 */
export function defineEnvironment(environment: EnvironmentInput): EnvironmentInput {
  return environment;
}
