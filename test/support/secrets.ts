/** Secrets by the form that their issuers give them; where the form is plain, what stands before them has to say so. */
const forms: Readonly<Record<string, RegExp>> = {
  "access key of AWS": /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/,
  "secret key of AWS": /(?:aws)?_?secret_?(?:access)?_?key\W{1,6}[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+])/i,
  "session token of AWS": /\b(?:FwoG|IQoJ)[A-Za-z0-9/+]{60,}={0,2}/,
  "private key": /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/,
  "JSON Web Token": /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/,
  "token of EKS": /\bk8s-aws-v1\.[A-Za-z0-9_-]{20,}/,
  "token of GitHub": /\bgh[pousr]_[A-Za-z0-9]{36,}\b/,
  "token of Terraform Cloud": /\b[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9]{60,}/,
  "token of Slack": /\bxox[abprs]-[A-Za-z0-9-]{10,}/,
  password: /\b(?:password|passwd)["']?\s*[:=]\s*["'][^"'${}\s]{6,}["']/i,
};

/** Sorts of secrets that a text holds, with where they begin; never the secret itself. */
export function secretsIn(text: string): readonly string[] {
  return Object.entries(forms).flatMap(([sort, form]) => {
    const found = form.exec(text);
    return found === null ? [] : [`${sort} at ${found.index}`];
  });
}
