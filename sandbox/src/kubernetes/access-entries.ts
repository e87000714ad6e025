/** An EKS access entry with its associated policies, as the cluster's access API holds them. */
export interface AccessEntry {
  /** ARN of the IAM role or user. */
  readonly principalArn: string;
  /** Name inside Kubernetes; `{{SessionName}}` stands for the role session's name. Default: EKS's own, see below. */
  readonly username?: string;
  readonly groups: readonly string[];
  readonly policies: readonly AccessPolicyAssociation[];
}

export interface AccessPolicyAssociation {
  /** `arn:aws:eks::aws:cluster-access-policy/NAME`. */
  readonly policyArn: string;
  readonly scope: ClusterScope | NamespaceScope;
}

export interface ClusterScope {
  readonly type: "cluster";
}

export interface NamespaceScope {
  readonly type: "namespace";
  /** Names, in which `*` stands for any characters (EKS user guide, access policies). */
  readonly namespaces: readonly string[];
}

/** Who made a call, as STS GetCallerIdentity tells it. */
export interface CallerIdentity {
  readonly arn: string;
  readonly account: string;
  readonly userId: string;
}

/** A caller seen as the IAM principal that access entries name. */
export interface Principal {
  /** ARN of the IAM user, or of the role without its path: an assumed role's ARN does not carry the path. */
  readonly arn: string;
  /** Name of the role session; undefined for a user. */
  readonly sessionName?: string;
}

/**
 * The IAM principal behind a caller's ARN: `arn:aws:sts::111122223333:assumed-role/deploy/ci` is a session `ci` of
 * `arn:aws:iam::111122223333:role/deploy`.
 */
export function principalOf(callerArn: string): Principal {
  const [, partition, , , account, resource = ""] = callerArn.split(":");
  const [type, name = "", sessionName] = resource.split("/");
  if (type === "assumed-role") {
    return { arn: `arn:${partition}:iam::${account}:role/${name}`, sessionName };
  }
  // moto puts a user whose key it does not know under sts, where AWS has no users.
  return { arn: `arn:${partition}:iam::${account}:${resource}` };
}

/** The entry that lets this principal in, if there is one. */
export function accessEntryOf(principal: Principal, entries: readonly AccessEntry[]): AccessEntry | undefined {
  return entries.find(({ principalArn }) => withoutRolePath(principalArn) === principal.arn);
}

/** Role names are unique in an account whatever their path. */
function withoutRolePath(arn: string): string {
  return arn.replace(/:role\/.*\//, ":role/");
}

/**
 * The Kubernetes user name of a caller. EKS's default is the user's ARN, for a role
 * `arn:aws:sts::ACCOUNT:assumed-role/ROLE/{{SessionName}}` (EKS user guide, creating access entries).
 */
export function usernameOf(entry: AccessEntry, caller: CallerIdentity): string {
  const { sessionName } = principalOf(caller.arn);
  return entry.username === undefined || entry.username === ""
    ? caller.arn
    : entry.username.replaceAll("{{SessionName}}", sessionName ?? "");
}
