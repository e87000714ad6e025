import { z } from "zod";

// Of Atlantis' own types: server/core/config/raw in github.com/runatlantis/atlantis, which refuses any other key.
const requirement = z.enum(["approved", "mergeable", "undiverged"]);
const name = z.string().regex(/^[\w./-]+$/);
const builtIn = z.enum(["init", "plan", "apply", "show", "policy_check", "import", "state_rm"]);
const step = z.union([
  builtIn,
  z.partialRecord(builtIn, z.strictObject({ extra_args: z.array(z.string()) })),
  z.strictObject({ run: z.string() }),
]);
const stage = z.strictObject({ steps: z.array(step).min(1) });
const project = z.strictObject({
  name,
  dir: z.string().refine((dir) => !dir.includes("..")),
  workspace: z.string().optional(),
  workflow: z.string().optional(),
  execution_order_group: z.int().optional(),
  depends_on: z.array(name).optional(),
  autoplan: z
    .strictObject({ enabled: z.boolean().optional(), when_modified: z.array(z.string()).optional() })
    .optional(),
  plan_requirements: z.array(requirement).optional(),
  apply_requirements: z.array(requirement).optional(),
  import_requirements: z.array(requirement).optional(),
});

/** `atlantis.yaml` of a repository, as far as ours goes. */
export const atlantisFile = z.strictObject({
  version: z.literal(3),
  automerge: z.boolean().optional(),
  parallel_plan: z.boolean().optional(),
  parallel_apply: z.boolean().optional(),
  abort_on_execution_order_fail: z.boolean().optional(),
  projects: z.array(project).min(1),
  workflows: z.record(z.string(), z.strictObject({ plan: stage.optional(), apply: stage.optional() })).optional(),
});
