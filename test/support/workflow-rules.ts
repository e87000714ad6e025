import { NoOperationTraceWriter, parseWorkflow } from "@actions/workflow-parser";

/** What GitHub's own parser has against a workflow. */
export function syntaxProblems(name: string, content: string): readonly string[] {
  const { context } = parseWorkflow({ name, content }, new NoOperationTraceWriter());
  return context.errors.getErrors().map(({ message }) => message);
}

/** Actions of a workflow, and those that are not pinned by the hash of a commit with its release beside it. */
export function actionsIn(content: string): { readonly all: readonly string[]; readonly loose: readonly string[] } {
  const all = content.split("\n").filter((line) => /\buses:/.test(line));
  return { all, loose: all.filter((line) => !/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line)) };
}
