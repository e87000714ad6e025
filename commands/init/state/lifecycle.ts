import type { LifecycleRule } from "@aws-sdk/client-s3";

/** Days for which an old version is kept in any case. */
export const daysKept = 90;

/** Old versions of an object that are kept however old they are. S3 takes at most 100. */
export const versionsKept = 20;

/** The rule that we make. Locks leave a version and a delete marker at each apply. */
const oldVersions: LifecycleRule = {
  ID: "old-versions-of-states",
  Status: "Enabled",
  Filter: { Prefix: "" },
  NoncurrentVersionExpiration: { NoncurrentDays: daysKept, NewerNoncurrentVersions: versionsKept },
  Expiration: { ExpiredObjectDeleteMarker: true },
  AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
};

/** Whether old versions end some day, by our rule or by one of the bucket's owner for the whole bucket. */
export function oldVersionsEnd(rules: readonly LifecycleRule[]): boolean {
  return rules.some(
    ({ Status, Filter = {}, NoncurrentVersionExpiration }) =>
      Status === "Enabled" &&
      NoncurrentVersionExpiration !== undefined &&
      Object.entries(Filter).every(([key, value]) => key === "Prefix" && value === ""),
  );
}

/** The rules of a bucket with ours; what others made stays. */
export function withOldVersionsEnding(rules: readonly LifecycleRule[]): readonly LifecycleRule[] {
  return [...rules.filter(({ ID }) => ID !== oldVersions.ID), oldVersions];
}
