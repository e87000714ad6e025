import { z } from "zod";
import { workloadSchema } from "../../../modules/workloads/schema";
import { WorkloadResources, type WorkloadResourcesProps } from "../../../modules/workloads/workload";
import { type Arguments, resource, synthModule, type TerraformJson } from "../../support/synth";

export type WorkloadInput = z.input<typeof workloadSchema>;

/** A workload with every default, but for what a test is about. */
export function workload(input: Partial<WorkloadInput> = {}) {
  return workloadSchema.parse({ image: { name: "nginx", tag: "1.29.3" }, port: 8080, ...input });
}

export interface SynthesizedWorkload {
  readonly json: TerraformJson;
  /** Arguments of one of the workload's resources. */
  readonly of: (type: string, part: string) => Arguments;
}

/** The Terraform JSON of a workload called `shop`. */
export function synthWorkload(
  input: Partial<WorkloadInput> = {},
  props: Partial<Pick<WorkloadResourcesProps, "roleArn" | "dependsOn" | "podsAreTargets">> = {},
): SynthesizedWorkload {
  const json = synthModule((stack) => {
    new WorkloadResources(stack, "shop", {
      name: "shop",
      workload: workload(input),
      repositoryUrl: (repository) => `123456789012.dkr.ecr.us-west-2.amazonaws.com/${repository}`,
      region: "us-west-2",
      ...props,
    });
  });
  return { json, of: (type, part) => resource(json, type, `shop_${part}`) };
}

/** Strict, so that a field which no control looks at fails here. */
const security = z.strictObject({
  run_as_non_root: z.boolean().optional(),
  run_as_user: z.string().optional(),
  run_as_group: z.string().optional(),
  seccomp_profile: z.object({ type: z.string() }).optional(),
  sysctl: z.array(z.object({ name: z.string(), value: z.string() })).optional(),
  se_linux_options: z.unknown().optional(),
});

const podSpec = z.strictObject({
  service_account_name: z.string().optional(),
  automount_service_account_token: z.boolean(),
  enable_service_links: z.boolean(),
  termination_grace_period_seconds: z.number(),
  host_network: z.boolean().optional(),
  host_pid: z.boolean().optional(),
  host_ipc: z.boolean().optional(),
  security_context: security.optional(),
  topology_spread_constraint: z.array(z.record(z.string(), z.unknown())).default([]),
  volume: z.array(z.looseObject({ name: z.string() })).default([]),
  init_container: z.array(z.unknown()).default([]),
  container: z
    .array(
      z.looseObject({
        name: z.string(),
        image: z.string(),
        env: z.array(z.record(z.string(), z.unknown())).default([]),
        port: z.array(z.object({ container_port: z.number(), host_port: z.number().optional(), protocol: z.string() })),
        security_context: security.extend({
          privileged: z.boolean().optional(),
          allow_privilege_escalation: z.boolean().optional(),
          read_only_root_filesystem: z.boolean().optional(),
          capabilities: z
            .object({ drop: z.array(z.string()).default([]), add: z.array(z.string()).default([]) })
            .optional(),
        }),
        volume_mount: z.array(z.record(z.string(), z.unknown())).default([]),
      }),
    )
    .length(1),
});

const deployment = z.looseObject({
  metadata: z.looseObject({ labels: z.record(z.string(), z.string()) }),
  spec: z.looseObject({
    selector: z.object({ match_labels: z.record(z.string(), z.string()) }),
    template: z.object({
      metadata: z.object({
        labels: z.record(z.string(), z.string()),
        annotations: z.record(z.string(), z.string()).default({}),
      }),
      spec: podSpec,
    }),
  }),
});

export type PodSpec = z.output<typeof podSpec>;

/** The Deployment of a synthesized workload, as Terraform reads it. */
export function deploymentOf({ of }: SynthesizedWorkload): z.output<typeof deployment> {
  return deployment.parse(of("kubernetes_deployment_v1", "deployment"));
}

/** Its pods. */
export function podsOf(synthesized: SynthesizedWorkload): PodSpec {
  return deploymentOf(synthesized).spec.template.spec;
}

/** The one container of its pods. */
export function containerOf(synthesized: SynthesizedWorkload): PodSpec["container"][number] {
  const [only] = podsOf(synthesized).container;
  if (only === undefined) throw new Error("the pods have no container");
  return only;
}
