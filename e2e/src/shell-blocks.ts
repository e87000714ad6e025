/** A line of a shell block, without the remark behind it. */
export interface ShellLine {
  /** Heading that the block stands below. */
  readonly section: string;
  readonly command: string;
}

/** Every line of the `sh` blocks of a Markdown document, in order. */
export function shellLines(markdown: string): readonly ShellLine[] {
  const lines: ShellLine[] = [];
  let section = "";
  let fence: string | undefined;
  for (const line of markdown.split("\n")) {
    const opened = /^```(\w*)$/.exec(line);
    if (opened !== null) {
      fence = fence === undefined ? (opened[1] ?? "") : undefined;
    } else if (fence === undefined) {
      section = /^#+ (.+)$/.exec(line)?.[1] ?? section;
    } else if (fence === "sh") {
      const command = line.replace(/\s+# .*$/, "").trim();
      if (command !== "" && !command.startsWith("#")) {
        lines.push({ section, command });
      }
    }
  }
  return lines;
}
