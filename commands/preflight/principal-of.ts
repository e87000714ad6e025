/**
 * The principal behind what AWS says of a caller: of a session its role, without the path, which a session does not know.
 */
export function principalOf(callerArn: string): string {
  const session = /^(arn:[^:]+):sts::(\d+):assumed-role\/([^/]+)\//.exec(callerArn);
  if (session === null) return callerArn;
  const [, partition = "arn:aws", accountId = "", role = ""] = session;
  return `${partition}:iam::${accountId}:role/${role}`;
}
