import { lintSource } from "@secretlint/core";
import { creator } from "@secretlint/secretlint-rule-preset-recommend";

const preset = {
  id: "@secretlint/secretlint-rule-preset-recommend",
  rule: creator,
  rules: [{ id: "@secretlint/secretlint-rule-aws", options: { enableIDScanRule: true } }],
};

/** AWS does not count the id of an account among secrets, and every ARN has one. */
const harmless = ["AWSAccountID"];

/** What secretlint does not know, by the form that its issuers give it. */
const forms: Readonly<Record<string, RegExp>> = {
  "session token of AWS": /\b(?:FwoG|IQoJ)[A-Za-z0-9/+]{60,}={0,2}/,
  "private key": /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/,
  "JSON Web Token": /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/,
  "token of EKS": /\bk8s-aws-v1\.[A-Za-z0-9_-]{20,}/,
  "token of Terraform Cloud": /\b[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9]{60,}/,
  password: /\b(?:password|passwd)["']?\s*[:=]\s*["'][^"'${}\s]{6,}["']/i,
};

/**
 * Sorts of secrets that a text holds, with where they begin; never the secret itself.
 *
 * @param name of the file, for its kind
 */
export async function secretsIn(text: string, name = "text.json"): Promise<readonly string[]> {
  const { messages } = await lintSource({
    source: { content: text, filePath: name, ext: ".json", contentType: "text" },
    options: { config: { rules: [preset] }, maskSecrets: true },
  });
  return [
    ...messages
      .filter(({ messageId }) => !harmless.includes(messageId))
      .map(({ messageId, range: [start] }) => `${messageId} at ${start}`),
    ...Object.entries(forms).flatMap(([sort, form]) => {
      const found = form.exec(text);
      return found === null ? [] : [`${sort} at ${found.index}`];
    }),
  ];
}
