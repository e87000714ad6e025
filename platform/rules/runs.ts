import type { FileProblem, Problem } from "../../modules/schema/problem";
import { formatValue } from "../../modules/schema/problem";
import type { CloudState } from "../../modules/state/cloud-schema";
import { hasRunRoles } from "../../modules/state/run-roles";
import type { Environment } from "../environment";
import { hasPods } from "./cluster";
import type { ParsedFile } from "./rule";

/** HashiCorp's own hosts, whose machines are in none of your networks. */
const hosted = ["app.terraform.io", "app.eu.terraform.io"];

const isHosted = ({ hostname, runs }: CloudState) => runs.kind === "remote" && hosted.includes(hostname);

const agent = '`runs: { kind: "agent", pool: "apool-..." }` in `state`';

/** Source: HCP Terraform, "The runner environment": its machines have Terraform, and no AWS CLI. */
export function execHasTheAwsCli(environment: Environment): readonly Problem[] {
  const { state, cluster } = environment;
  if (state.kind !== "cloud" || cluster.credentials !== "exec" || !hasPods(environment)) return [];
  const { runs } = state;
  if (runs.kind === "local" || (runs.kind === "agent" && runs.awsCli)) return [];
  return [
    {
      path: "cluster.credentials",
      value: cluster.credentials,
      rule: `it calls the AWS CLI in each run, and ${runs.kind === "agent" ? "nothing says that the agents have one" : "machines of Terraform Cloud have none"}`,
      remedy:
        'write `credentials: "token"`, which the AWS provider signs at plan and anew at apply; agents whose image has the AWS CLI say `awsCli: true`',
    },
  ];
}

export function privateEndpointReachedByRuns(environment: Environment): readonly Problem[] {
  const { state, cluster } = environment;
  if (state.kind !== "cloud" || !isHosted(state) || cluster.endpoint.kind !== "private") return [];
  if (!hasPods(environment)) return [];
  return [
    {
      path: "state.runs",
      value: state.runs,
      rule: `machines of ${state.hostname} are in none of your networks, and the API server has a private endpoint alone, so runs of the stacks controllers and apps would wait in vain`,
      remedy: `write ${agent}, of agents that are among \`cluster.endpoint.clients\``,
    },
  ];
}

/** HashiCorp publishes no addresses of the machines that runs are on. Source: HCP Terraform API, "IP ranges". */
export function addressesOfRunsUnknown(environment: Environment): readonly string[] {
  const { state, cluster } = environment;
  if (state.kind !== "cloud" || !isHosted(state) || cluster.endpoint.kind === "private") return [];
  if (!hasPods(environment)) return [];
  return [
    `runs on machines of ${state.hostname} come from addresses that HashiCorp does not publish, and cluster.endpoint.cidrs has to hold them; an agent of yours has an address that you know: ${agent}`,
  ];
}

/** A role of its own for each phase is worth nothing where both go on to the same one. */
export function runRolesAssumeNoOther({ state, aws }: Environment): readonly Problem[] {
  if (!hasRunRoles(state) || aws.assumeRole === undefined) return [];
  return [
    {
      path: "aws.assumeRole",
      value: aws.assumeRole,
      rule: "runs have a role that plans and one that applies, and both would go on to this one, so that a plan could do whatever an apply may",
      remedy:
        'take `assumeRole` out, and name what else the roles need in `state.credentials.applyPolicyArns`; or write `credentials: { kind: "variables", reason: "..." }` in `state` and keep the credentials yourself',
    },
  ];
}

/** Source: Terraform 1.10, the first with what the stacks use, and 1.11, the first where an ephemeral token is relied on. */
export function runsHaveTheirTerraform({ state, cluster }: Environment): readonly Problem[] {
  if (state.kind !== "cloud") return [];
  const floor = cluster.credentials === "token" ? "1.11.0" : "1.10.0";
  if (state.terraformVersion.localeCompare(floor, "en", { numeric: true }) >= 0) return [];
  return [
    {
      path: "state.terraformVersion",
      value: state.terraformVersion,
      rule: `the stacks need Terraform ${floor} or newer, and runs would end at \`required_version\``,
      remedy: 'take the line out, or write `terraformVersion: "1.11.4"`',
    },
  ];
}

/** One workspaces stack serves all environments of an organization, so they agree on what it has once. */
export function organizationsAgree(files: readonly ParsedFile[]): readonly FileProblem[] {
  const hosts = new Map<string, { readonly file: string; readonly hostname: string }>();
  const accounts = new Map<string, { readonly file: string; readonly provider: string }>();
  return files.flatMap(({ file, environment: { state, aws } }): readonly FileProblem[] => {
    if (state.kind !== "cloud") return [];
    const { organization, hostname, credentials } = state;
    const host = hosts.get(organization) ?? { file, hostname };
    hosts.set(organization, host);
    if (host.hostname !== hostname) {
      return [
        {
          file,
          problem: {
            path: "state.hostname",
            value: hostname,
            rule: `${host.file} has the organization ${organization} on ${host.hostname}, and one stack makes the workspaces of an organization`,
            remedy: `write \`hostname: ${formatValue(host.hostname)}\`, or give the organization on ${hostname} another name`,
          },
        },
      ];
    }
    if (!hasRunRoles(state) || credentials.kind !== "dynamic") return [];
    const key = `${organization} ${aws.accountId}`;
    const provider = formatValue({
      oidcProvider: credentials.oidcProvider,
      madeBy: credentials.madeBy ?? "the caller",
    });
    const account = accounts.get(key) ?? { file, provider };
    accounts.set(key, account);
    if (account.provider === provider) return [];
    return [
      {
        file,
        problem: {
          path: "state.credentials",
          value: { oidcProvider: credentials.oidcProvider, madeBy: credentials.madeBy },
          rule: `${account.file} says ${account.provider}, and the account ${aws.accountId} has one identity provider of Terraform Cloud, made once`,
          remedy: "write the same `oidcProvider` and `madeBy` in both",
        },
      },
    ];
  });
}
