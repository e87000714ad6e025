/** Name in IAM of the role and policy of a release. A workload of the release's name has another. */
export function releaseRoleName(environment: string, release: string): string {
  return `${environment}-release-${release}`;
}
