import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { judge, type PendingRelease, pendingReleases, remedy } from "../../modules/kubernetes/helm-releases";
import type { Environment } from "../../platform/environment";
import { confirmed } from "../program/confirmed";
import { environmentsToBuild } from "../program/environments";
import { Refusal } from "../program/errors";
import { printLine } from "../program/print";
import type { Surroundings } from "../program/surroundings";
import { declaredReleases } from "./declared-releases";
import { ReleaseRecords } from "./release-records";
import { stateLock } from "./state-lock";

export interface RecoverOptions {
  /** Remove without asking. */
  readonly yes: boolean;
  /** Context of the kubeconfig; undefined asks AWS for the cluster's address. */
  readonly context: string | undefined;
}

/**
 * Frees the releases of an environment that Helm keeps as pending and nobody works on.
 *
 * @throws Refusal while one is left pending
 */
export async function recoverEnvironment(
  surroundings: Surroundings,
  name: string,
  { yes, context }: RecoverOptions,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "recover-"));
  try {
    for (const environment of environmentsToBuild(surroundings, [name]).environments) {
      const records = ReleaseRecords.of(surroundings, environment, context, folder);
      await recover(surroundings, environment, records, yes);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function recover(
  surroundings: Surroundings,
  environment: Environment,
  records: ReleaseRecords,
  yes: boolean,
): Promise<void> {
  const { output } = surroundings;
  const pending = pendingReleases(declaredReleases(environment), records.all());
  const abandoned = pending.filter((release) => isAbandoned(surroundings, environment, release));
  if (pending.length === 0) printLine(output, `${environment.name}: no release is pending`);
  const inProgress = pending.length - abandoned.length;
  const left = `${inProgress} of ${pending.length} pending releases left alone; come back when nobody works on them`;
  if (abandoned.length === 0) {
    if (inProgress > 0) throw new Refusal(left);
    return;
  }
  const these = abandoned.length === 1 ? "this record" : `these ${abandoned.length} records`;
  if (!yes && !(await confirmed(surroundings, `\nRemove ${these}?`))) {
    throw new Refusal("nothing was removed; answer yes, or add --yes, to remove what is listed above");
  }
  for (const { declared, record } of abandoned) {
    const done = records.remove(record) ? "brought back" : "somebody else went on with it meanwhile";
    printLine(output, `${record.namespace}/${record.name}: ${done}; now apply ${declared.stack}`);
  }
  if (inProgress > 0) throw new Refusal(left);
}

/** Judges a pending release and says what it comes to. */
function isAbandoned(surroundings: Surroundings, { state }: Environment, release: PendingRelease): boolean {
  const { declared, record } = release;
  const verdict = judge(release, stateLock(surroundings, declared.stack, state), surroundings.now);
  const what = `${record.namespace}/${record.name}: ${record.status} since ${record.since.toISOString()}`;
  printLine(surroundings.output, `${what}, ${verdict.because}.`);
  printLine(surroundings.output, `  ${verdict.kind === "abandoned" ? remedy(release) : "Left alone."}`);
  return verdict.kind === "abandoned";
}
