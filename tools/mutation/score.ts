/** What a run of Stryker reports, as far as it is read. */
export interface Report {
  readonly files: Readonly<Record<string, { readonly mutants: readonly { readonly status: string }[] }>>;
}

export interface Score {
  /** Mutants that a test noticed. */
  readonly noticed: number;
  /** Mutants that none did. */
  readonly missed: number;
}

/** What a test noticed, and what it did not; a mutant that does not compile is neither. */
const noticed = ["Killed", "Timeout"];
const missed = ["Survived", "NoCoverage"];

/** The score of each group of files. */
export function scores(report: Report, groupOf: (file: string) => string | undefined): ReadonlyMap<string, Score> {
  const groups = new Map<string, Score>();
  for (const [file, { mutants }] of Object.entries(report.files)) {
    const group = groupOf(file);
    if (group === undefined) continue;
    const before = groups.get(group) ?? { noticed: 0, missed: 0 };
    const count = (statuses: readonly string[]) => mutants.filter(({ status }) => statuses.includes(status)).length;
    groups.set(group, { noticed: before.noticed + count(noticed), missed: before.missed + count(missed) });
  }
  return groups;
}

export function percent({ noticed: killed, missed: survived }: Score): string {
  return ((100 * killed) / Math.max(1, killed + survived)).toFixed(1);
}
