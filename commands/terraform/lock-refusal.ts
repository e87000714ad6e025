import type { StateLock } from "../../modules/kubernetes/helm-releases";

/**
 * A refusal because the lock is held, from what Terraform or OpenTofu prints; undefined where it is another error.
 * Neither has a machine's form for it. What is relied on is the error's title or the block of the lock's fields, each
 * on a line of its own, behind whatever the frame around it is drawn with.
 */
export function readLockRefusal(printed: string): StateLock | undefined {
  const field = (name: string) => new RegExp(`^\\W*${name}:[ \\t]+(\\S.*?)\\s*$`, "m").exec(printed)?.[1];
  const workspace = /workspace already locked \(lock ID: "([^"]+)"\)/.exec(printed.replace(/[│|\s]+/g, " "))?.[1];
  if (workspace !== undefined) {
    // What stands below as lock info is that of the command that was refused. Source: Terraform, internal/cloud/state.go.
    return {
      kind: "held",
      by: `a run, or a person, whom Terraform does not name; the workspace ${workspace} shows it, and its lock is called ${workspace}`,
    };
  }
  const [id, who, created] = [field("ID"), field("Who"), field("Created")];
  const titled = /error\s+(acquiring|locking)\b[^.]*\bstate/i.test(printed.replace(/[│|\s]+/g, " "));
  if (!titled && (id === undefined || who === undefined)) return undefined;
  return {
    kind: "held",
    by: `${who ?? "somebody"} since ${created ?? "a time unknown"}, lock ${id ?? "without an ID"}`,
  };
}
