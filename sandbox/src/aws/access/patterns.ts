/** Whether a text matches a pattern of IAM: `*` stands for any characters, `?` for one. */
export function matchesPattern(pattern: string, text: string): boolean {
  return new RegExp(
    `^${pattern
      .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".")}$`,
    "s",
  ).test(text);
}

/** The same without regard to case, as IAM takes the names of actions. */
export function matchesAction(pattern: string, action: string): boolean {
  return matchesPattern(pattern.toLowerCase(), action.toLowerCase());
}

/** ARNs are matched part by part, so that `*` does not reach over a colon. */
export function matchesArn(pattern: string, arn: string): boolean {
  const split = (text: string) => {
    const parts = text.split(":");
    return [...parts.slice(0, 5), parts.slice(5).join(":")];
  };
  const parts = split(arn);
  const patterns = split(pattern);
  return patterns.length === parts.length && patterns.every((each, index) => matchesPattern(each, parts[index] ?? ""));
}
