/** What the machine refuses, in the words of somebody who can do something about it. */
const remedies: Readonly<Record<string, readonly [what: string, remedy: string]>> = {
  EACCES: ["nothing may be written or read at", "give yourself the rights to it, or choose another folder"],
  EDQUOT: ["the quota is used up at", "make room there, then run it again"],
  EIO: ["the disk does not answer at", "look at the machine's own logs"],
  EEXIST: ["a file stands where a folder belongs:", "move it away"],
  EISDIR: ["a folder stands where a file belongs:", "move it away"],
  EMFILE: ["too many files are open, the last one", "raise the limit (ulimit -n), or run fewer programs at once"],
  ENOENT: [
    "there is nothing at",
    "look whether a part of the project is missing: git status tells, and npm ci brings back what npm installs",
  ],
  ENOSPC: ["the disk is full at", "make room there, then run it again: what was there before still stands"],
  ENOTDIR: ["a file stands where a folder belongs:", "move it away"],
  EPERM: ["the machine does not allow it at", "give yourself the rights to it, or choose another folder"],
  EROFS: [
    "nothing can be written to a read-only file system at",
    "make it writable, or choose another folder, as foundry synth --outdir does",
  ],
};

/** An error that the operating system gave, as a sentence without a full stop; undefined for every other error. */
export function systemFault(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, path, dest, syscall }: NodeJS.ErrnoException & { readonly dest?: string } = error;
  const known = code === undefined ? undefined : remedies[code];
  const place = dest ?? path;
  if (known === undefined || syscall === undefined) return undefined;
  const [what, remedy] = known;
  return `${what} ${place ?? `(${syscall})`}; ${remedy}`;
}
