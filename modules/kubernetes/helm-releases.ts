import { assertNever } from "../schema/assert-never";
/** A Helm release that an environment declares. */
export interface DeclaredRelease {
  /** Stack that installs it, for example `dev-controllers`. */
  readonly stack: string;
  readonly name: string;
  readonly namespace: string;
  /** How long Helm waits for it, in seconds. */
  readonly timeoutSeconds: number;
}

/** A record of Helm in the cluster: one Secret of type `helm.sh/release.v1` a revision. */
export interface ReleaseRecord {
  readonly namespace: string;
  readonly name: string;
  readonly revision: number;
  /** Helm's word: `deployed`, `superseded`, `failed`, `pending-install`, `pending-upgrade`, `pending-rollback`, … */
  readonly status: string;
  /** When Helm began with this revision. */
  readonly since: Date;
}

/** Whether anybody holds the lock of a stack's state. */
export type StateLock =
  | { readonly kind: "free" }
  | { readonly kind: "held"; readonly by: string }
  | { readonly kind: "unknown"; readonly reason: string };

/** A release that Helm keeps as pending, so that it refuses every later change of it. */
export interface PendingRelease {
  readonly declared: DeclaredRelease;
  readonly record: ReleaseRecord;
  /** Newest revision that was installed whole; undefined where there is none. */
  readonly lastDeployed: number | undefined;
}

export type Verdict =
  | { readonly kind: "abandoned"; readonly because: string }
  | { readonly kind: "in progress"; readonly because: string };

/** Columns of {@link readRecords}, for `kubectl get secrets --output custom-columns=…`. */
export const recordColumns = [
  "NAMESPACE:.metadata.namespace",
  "NAME:.metadata.labels.name",
  "REVISION:.metadata.labels.version",
  "STATUS:.metadata.labels.status",
  "SINCE:.metadata.creationTimestamp",
].join(",");

/** Seconds beyond Helm's own timeout in which it still cleans up. */
const grace = 120;

/** Reads what kubectl prints for {@link recordColumns}, without headers. */
export function readRecords(text: string): readonly ReleaseRecord[] {
  return text
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter((columns) => columns.length === 5)
    .map(([namespace = "", name = "", revision = "", status = "", since = ""]) => ({
      namespace,
      name,
      revision: Number(revision),
      status,
      since: new Date(since),
    }));
}

/** Those of the declared releases whose newest revision is pending. */
export function pendingReleases(
  declared: readonly DeclaredRelease[],
  records: readonly ReleaseRecord[],
): readonly PendingRelease[] {
  return declared.flatMap((release) => {
    const revisions = records
      .filter(({ namespace, name }) => namespace === release.namespace && name === release.name)
      .sort((left, right) => right.revision - left.revision);
    const newest = revisions[0];
    return newest?.status.startsWith("pending-")
      ? [
          {
            declared: release,
            record: newest,
            lastDeployed: revisions.find(({ status }) => status === "deployed" || status === "superseded")?.revision,
          },
        ]
      : [];
  });
}

/** Whether anybody still works on a pending release. */
export function judge({ declared, record }: PendingRelease, lock: StateLock, now: Date): Verdict {
  switch (lock.kind) {
    case "free":
      return { kind: "abandoned", because: `nobody holds the state lock of ${declared.stack}` };
    case "held":
      return { kind: "in progress", because: `the state lock of ${declared.stack} is held: ${lock.by}` };
    case "unknown": {
      const age = Math.round((now.getTime() - record.since.getTime()) / 1000);
      const limit = declared.timeoutSeconds + grace;
      const asked = `whether the state of ${declared.stack} is locked could not be asked (${lock.reason})`;
      return age > limit
        ? { kind: "abandoned", because: `${asked}; it began ${age} s ago and Helm gives up after ${limit} s` }
        : { kind: "in progress", because: `${asked}; it began ${age} s ago and Helm may take ${limit} s` };
    }
    default:
      return assertNever("state of a lock", lock);
  }
}

/** What happens to a pending release and what the next apply does, as a sentence. */
export function remedy({ declared, record, lastDeployed }: PendingRelease): string {
  const removed = `The record of revision ${record.revision} is removed; nothing it made is. `;
  return lastDeployed === undefined
    ? `${removed}The next apply of ${declared.stack} installs the release and takes over what is already there.`
    : `${removed}Revision ${lastDeployed} counts again, and the next apply of ${declared.stack} upgrades from it.`;
}
