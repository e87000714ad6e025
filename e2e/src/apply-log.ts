/** How far an apply came, by what it printed. */
export interface ApplyProgress {
  /** Id of each resource that was made, by its address; empty where Terraform printed none. */
  readonly made: ReadonlyMap<string, string>;
  /** Addresses of what was begun and not finished. */
  readonly unfinished: readonly string[];
}

export function applyProgress(log: string): ApplyProgress {
  const finished = log.matchAll(/^(\S+): Creation complete after \S+(?: \[id=(.*)\])?$/gm);
  const made = new Map([...finished].map(([, address = "", id = ""]) => [address, id]));
  const begun = [...log.matchAll(/^(\S+): Creating\.\.\.$/gm)].map(([, address = ""]) => address);
  return { made, unfinished: begun.filter((address) => !made.has(address)) };
}
