import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import autoMode from "../../patterns/auto-mode";
import externalSecrets from "../../patterns/external-secrets";
import identityCenter from "../../patterns/identity-center";
import istio from "../../patterns/istio";
import okta from "../../patterns/okta";
import spot from "../../patterns/spot";
import stateful from "../../patterns/stateful";
import tenants from "../../patterns/tenants";
import { type StackName, stackOrder } from "../../stacks/order";
import { synthText } from "../support/environments";

/** Each pattern, and what its stacks hold if it is what it says. */
const patterns = [
  { environment: autoMode, shows: { controllers: "NodePool", apps: "kubernetes_cron_job_v1" } },
  { environment: externalSecrets, shows: { controllers: "ClusterSecretStore", apps: "ExternalSecret" } },
  { environment: identityCenter, shows: { cluster: "AWSReservedSSO_Support", controllers: "ClusterRoleBinding" } },
  { environment: istio, shows: { controllers: "helm_release.release_istio-base" } },
  { environment: okta, shows: { cluster: "aws_eks_identity_provider_config", controllers: "okta:viewers" } },
  { environment: spot, shows: { cluster: '"SPOT"', apps: "node_selector" } },
  { environment: stateful, shows: { cluster: "snapshot-controller", apps: "kubernetes_stateful_set_v1" } },
  { environment: tenants, shows: { apps: "kubernetes_resource_quota_v1" } },
] as const satisfies readonly { environment: unknown; shows: Partial<Record<StackName, string>> }[];

describe("the patterns", () => {
  it("are all here, under the name of their file, and in the list", () => {
    const folder = join(process.cwd(), "patterns");
    const files = readdirSync(folder).filter((file) => file.endsWith(".ts"));
    expect(patterns.map(({ environment }) => environment.name).sort()).toEqual(
      files.map((file) => basename(file, ".ts")).sort(),
    );
    const list = readFileSync(join(folder, "README.md"), "utf8");
    for (const file of files) expect(list).toContain(`(${file})`);
  });

  it.each(patterns.map((pattern) => [pattern.environment.name, pattern] as const))(
    "%s keeps every rule, and its stacks hold what it shows",
    (_name, { environment, shows }) => {
      const text = synthText(environment);
      for (const stack of stackOrder) {
        const expected: string | undefined = Object.entries(shows).find(([name]) => name === stack)?.[1];
        if (expected !== undefined) expect(text[stack]).toContain(expected);
      }
    },
  );
});
