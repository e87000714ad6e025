import { join } from "node:path";
import type { Sandbox } from "@ingress-foundry/sandbox/up";
import { chartMirror } from "../chart-mirror";
import type { Lane } from "../lane";
import { expectCode, foundry } from "../running-foundry";
import { scratchProject } from "../scratch-project";
import { type Baseline, emptyRepositories, nothingIsLeft } from "./destroyed";

/** One command applies an environment from nothing, one destroys it, and then once more under the same name. */
export async function appliedByOneCommand(lane: Lane, sandbox: Sandbox, before: Baseline): Promise<void> {
  const { environment } = sandbox.plan;
  const project = join(sandbox.folder.root, "project");
  const call = (...args: readonly string[]) => foundry(project, args, sandbox.runs.context.environment);
  await lane.need("the project is copied", environment, async () => {
    scratchProject(project, environment, chartMirror(sandbox));
    return undefined;
  });
  for (const life of ["first", "second"]) {
    await lane.need(`the ${life} life: foundry apply`, environment, async () => {
      // Charts come from the sandbox's own repository and the domain is nobody's, which preflight would have to refuse.
      expectCode(await call("apply", environment, "--yes", "--no-preflight"), 0);
      return undefined;
    });
    await lane.check(`the ${life} life: a plan after that is empty`, environment, async () => {
      expectCode(await call("apply", environment, "--plan"), 0);
      return undefined;
    });
    await lane.need(`the ${life} life: foundry destroy, once the images are out`, environment, async () => {
      for (const stack of sandbox.stacks) {
        await emptyRepositories(sandbox, stack);
      }
      expectCode(await call("destroy", environment, "--yes"), 0);
      return undefined;
    });
    await nothingIsLeft(lane, sandbox, before);
  }
}
