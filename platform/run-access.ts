import type { AccessEntryOptions } from "../modules/cluster/schema";
import { hasRunRoles, type RunPhase, runRoleName } from "../modules/state/run-roles";
import type { StateOptions } from "../modules/state/schema";

/** What is read of an environment. */
interface Declared {
  readonly name: string;
  readonly aws: { readonly partition: string; readonly accountId: string };
  readonly state: StateOptions;
  readonly cluster: { readonly access: Readonly<Record<string, AccessEntryOptions>> };
}

/** Stacks that sign in to Kubernetes. */
const signingIn = ["controllers", "apps"] as const;

/** A plan reads all objects, Helm's records among them, which are Secrets. */
const policies = { plan: "admin-view", apply: "cluster-admin" } as const satisfies Record<RunPhase, string>;

/**
 * Admits to the cluster the roles that runs take in Terraform Cloud, each with what its phase needs: the plan reads, the
 * apply writes. A principal that the environment admits itself keeps what is written there.
 */
export function withRunAccess<E extends Declared>(environment: E): E {
  const { name, aws, state, cluster } = environment;
  if (!hasRunRoles(state)) return environment;
  const known = new Set(Object.values(cluster.access).map(({ principalArn }) => principalArn));
  const phases: readonly RunPhase[] = ["plan", "apply"];
  const added = signingIn.flatMap((stack) =>
    phases.flatMap((phase): readonly (readonly [string, AccessEntryOptions])[] => {
      const principalArn = `arn:${aws.partition}:iam::${aws.accountId}:role/${runRoleName(`${name}-${stack}`, phase)}`;
      if (known.has(principalArn)) return [];
      const policy = { policy: policies[phase], scope: { kind: "cluster" } } as const;
      return [[`terraform-${stack}-${phase}`, { type: "STANDARD", principalArn, policies: [policy], groups: [] }]];
    }),
  );
  return { ...environment, cluster: { ...cluster, access: { ...Object.fromEntries(added), ...cluster.access } } };
}
