import { z } from "zod";
import type { Eks, Operation } from "./eks";
import { EksError, parse } from "./errors";

type Tags = Record<string, string>;

const tagRequest = z.object({ tags: z.record(z.string(), z.string()) });

export const listTagsForResource: Operation = (eks, { path }) => ({ tags: change(eks, path("arn"), (tags) => tags) });

export const tagResource: Operation = (eks, { path, document }) => {
  const { tags: added } = parse(tagRequest, document);
  change(eks, path("arn"), (tags) => ({ ...tags, ...added }));
  return {};
};

export const untagResource: Operation = (eks, { path, query }) => {
  const removed = query.getAll("tagKeys");
  change(eks, path("arn"), (tags) =>
    Object.fromEntries(Object.entries(tags).filter(([key]) => !removed.includes(key))),
  );
  return {};
};

/** Puts new tags in place of a resource's tags, and gives them. */
function change(eks: Eks, resourceArn: string, changed: (tags: Tags) => Tags): Tags {
  const { state } = eks;
  const tags =
    changeRow(state.clusters, ({ arn }) => arn === resourceArn, changed) ??
    changeRow(state.nodegroups, ({ nodegroupArn }) => nodegroupArn === resourceArn, changed) ??
    changeRow(state.fargateProfiles, ({ fargateProfileArn }) => fargateProfileArn === resourceArn, changed) ??
    changeRow(state.addons, ({ addonArn }) => addonArn === resourceArn, changed) ??
    changeRow(state.accessEntries, ({ accessEntryArn }) => accessEntryArn === resourceArn, changed) ??
    changeRow(state.podIdentityAssociations, ({ associationArn }) => associationArn === resourceArn, changed);
  if (tags === undefined) {
    throw new EksError("ResourceNotFoundException", `The specified ${resourceArn} could not be found`);
  }
  return tags;
}

function changeRow<Row extends { readonly tags: Tags }>(
  rows: Map<string, Row>,
  isWanted: (row: Row) => boolean,
  changed: (tags: Tags) => Tags,
): Tags | undefined {
  for (const [key, row] of rows) {
    if (isWanted(row)) {
      const tags = changed(row.tags);
      rows.set(key, { ...row, tags });
      return tags;
    }
  }
  return undefined;
}
