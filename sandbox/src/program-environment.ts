import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { sandboxCacheFolder } from "./cache-folder";
import type { SandboxFolder } from "./folder";
import type { KeeperRecord } from "./keeper-record";
import { marker } from "./marked-processes";

/** Variables of the caller that would lead a program past the sandbox: to a real account, cluster or workspace. */
const foreign = /^(AWS_|KUBE_|HELM_|KUBECONFIG$|TF_DATA_DIR$|TF_WORKSPACE$)/;

/**
 * The whole environment of a program that works on a sandbox: Terraform, the AWS CLI, kubectl. Only these variables turn
 * production's JSON to the sandbox.
 */
export function programEnvironment(folder: SandboxFolder, keeper: KeeperRecord): Readonly<Record<string, string>> {
  const inherited = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined || foreign.test(name) ? [] : [[name, value] as const],
  );
  const plugins = process.env["TF_PLUGIN_CACHE_DIR"] ?? join(sandboxCacheFolder(), "terraform-plugins");
  mkdirSync(plugins, { recursive: true });
  return {
    ...Object.fromEntries(inherited),
    ...keeper.awsEnvironment,
    // Files that are not there: a profile of the user's must not take part.
    AWS_CONFIG_FILE: join(folder.root, "aws-config"),
    AWS_SHARED_CREDENTIALS_FILE: join(folder.root, "aws-credentials"),
    HELM_CACHE_HOME: join(folder.helm, "cache"),
    HELM_CONFIG_HOME: join(folder.helm, "config"),
    HELM_DATA_HOME: join(folder.helm, "data"),
    NO_PROXY: [process.env["NO_PROXY"], "127.0.0.1", "localhost"].filter((host) => host).join(","),
    CHECKPOINT_DISABLE: "1",
    TF_IN_AUTOMATION: "1",
    TF_PLUGIN_CACHE_DIR: plugins,
    // Stacks are initialized without lock files, so the cache is used for what it holds.
    TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: "1",
    [marker]: folder.root,
  };
}
