import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type SandboxFolder, sandboxFolder } from "../src/folder";
import { programEnvironment } from "../src/program-environment";
import { keeper, temporaryFolder, variables } from "./fixtures";

/** The environment of a program of a sandbox whose caller has these variables. */
function environmentWith(caller: Readonly<Record<string, string | undefined>>): {
  readonly folder: SandboxFolder;
  readonly environment: Readonly<Record<string, string>>;
} {
  variables({ XDG_CACHE_HOME: temporaryFolder(), TF_PLUGIN_CACHE_DIR: undefined, ...caller });
  const folder = sandboxFolder("dev");
  return { folder, environment: programEnvironment(folder, keeper) };
}

describe("the environment of a program that works on a sandbox", () => {
  it.each([
    "AWS_PROFILE",
    "AWS_SESSION_TOKEN",
    "AWS_ENDPOINT_URL_STS",
    "KUBECONFIG",
    "KUBE_CONFIG_PATH",
    "KUBE_TOKEN",
    "HELM_KUBECONTEXT",
    "HELM_NAMESPACE",
    "TF_DATA_DIR",
    "TF_WORKSPACE",
  ])("leaves out the caller's %s, which would lead past the sandbox", (name) => {
    expect(environmentWith({ [name]: "production" }).environment[name]).toBeUndefined();
  });

  it("takes AWS from the sandbox where the caller has one too", () => {
    const { environment } = environmentWith({ AWS_REGION: "us-east-1", AWS_ENDPOINT_URL: "https://aws.example.com" });
    expect(environment).toMatchObject(keeper.awsEnvironment);
  });

  it("keeps the caller's other variables", () => {
    const caller = { TF_CLI_CONFIG_FILE: "/etc/terraform.rc", TF_LOG: "DEBUG", LANG: "C.UTF-8", KUBECTL_PAGER: "less" };
    expect(environmentWith(caller).environment).toMatchObject(caller);
  });

  it("names files of AWS that are not there, so that no profile of the user's takes part", () => {
    const { environment, folder } = environmentWith({
      AWS_CONFIG_FILE: "/home/user/.aws/config",
      AWS_SHARED_CREDENTIALS_FILE: "/home/user/.aws/credentials",
    });
    const files = [environment["AWS_CONFIG_FILE"], environment["AWS_SHARED_CREDENTIALS_FILE"]];
    expect(files).toEqual([join(folder.root, "aws-config"), join(folder.root, "aws-credentials")]);
    expect(files.filter((file) => existsSync(file ?? ""))).toEqual([]);
  });

  it("goes to the sandbox without a proxy, beside what the caller reaches without one", () => {
    expect(environmentWith({ NO_PROXY: "example.com" }).environment["NO_PROXY"]).toBe(
      "example.com,127.0.0.1,localhost",
    );
    expect(environmentWith({ NO_PROXY: undefined }).environment["NO_PROXY"]).toBe("127.0.0.1,localhost");
  });

  it("has a cache of plugins that is there: the caller's, or one that all sandboxes share", () => {
    const own = environmentWith({}).environment["TF_PLUGIN_CACHE_DIR"] ?? "";
    expect(own).toBe(join(process.env["XDG_CACHE_HOME"] ?? "", "ingress-foundry", "sandbox", "terraform-plugins"));
    expect(existsSync(own)).toBe(true);
    const given = join(temporaryFolder(), "plugins");
    expect(environmentWith({ TF_PLUGIN_CACHE_DIR: given }).environment["TF_PLUGIN_CACHE_DIR"]).toBe(given);
    expect(existsSync(given)).toBe(true);
  });

  it("carries the sandbox's mark, by which what a crash leaves is found", () => {
    const { environment, folder } = environmentWith({});
    expect(environment["INGRESS_FOUNDRY_SANDBOX"]).toBe(folder.root);
  });
});
