import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Release } from "@cdktf/provider-helm/lib/release";
import { App } from "cdktf";
import type { DeclaredRelease } from "../../modules/kubernetes/helm-releases";
import type { Environment } from "../../platform/environment";
import { environmentStacks } from "../../stacks/environment";

/** Helm's timeout where a release names none, in seconds (helm provider, helm_release.timeout). */
const helmTimeout = 300;

/** Releases of an environment, as its stacks declare them. */
export function declaredReleases(environment: Environment): readonly DeclaredRelease[] {
  const output = mkdtempSync(join(tmpdir(), "recover-"));
  try {
    return environmentStacks(new App({ outdir: output, stackTraces: false }), environment).flatMap((stack) =>
      stack.node
        .findAll()
        .filter((node) => node instanceof Release)
        .map(({ nameInput, namespaceInput, timeoutInput }) => ({
          stack: stack.node.id,
          name: nameInput ?? "",
          namespace: namespaceInput ?? "default",
          timeoutSeconds: timeoutInput ?? helmTimeout,
        })),
    );
  } finally {
    rmSync(output, { recursive: true, force: true });
  }
}
