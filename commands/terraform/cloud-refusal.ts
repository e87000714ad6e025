/** A refusal of Terraform Cloud's, by the words of Terraform or OpenTofu, and what to do about it. */
interface Known {
  /** On the text without frames and line breaks. */
  readonly says: RegExp;
  readonly means: (found: readonly string[]) => string;
}

// Source of the words: internal/command/meta_backend.go, internal/cloud/backend.go and
// internal/backend/remote-state/remote in hashicorp/terraform.
const known: readonly Known[] = [
  {
    says: /Required token could not be found.*? generate a token for ([\w.:-]+?):? /i,
    means: ([host = ""]) =>
      `nobody is signed in to ${host}; terraform login ${host} does it for a person, and the variable ` +
      `${tokenVariable(host)} for a pipeline`,
  },
  {
    says: /organization "([^"]+)" at host (\S+) not found/i,
    means: ([organization = "", host = ""]) =>
      `${host} has no organization ${organization} that this token may see; correct state.organization in the ` +
      "environment's file, or sign in as a member of it",
  },
  {
    says: /local Terraform version \(([^)]+)\) does not meet the version requirements for remote workspace (\S+) \(([^)]+)\)/i,
    means: ([local = "", workspace = "", remote = ""]) =>
      `the workspace ${workspace} is of Terraform ${remote}, and this is ${local}; install ${remote}, or change ` +
      "state.terraformVersion and apply the stack of the workspaces",
  },
  {
    says: /Failed to retrieve workspace (\S+?): Forbidden/i,
    means: ([workspace = ""]) =>
      `the state of ${workspace} is not shared with this stack; apply the stack of the workspaces, which shares each ` +
      "state with those that read its contract",
  },
];

/** What Terraform Cloud refused, in one sentence with the next step; undefined where it is another error. */
export function readCloudRefusal(printed: string): string | undefined {
  const text = printed.replace(/[│╷╵|\s]+/g, " ");
  for (const { says, means } of known) {
    const found = says.exec(text);
    if (found !== null) return means(found.slice(1));
  }
  return undefined;
}

/** As Terraform reads it: dots become underlines, and dashes two of them. */
function tokenVariable(host: string): string {
  return `TF_TOKEN_${host.replaceAll("-", "__").replaceAll(".", "_")}`;
}
