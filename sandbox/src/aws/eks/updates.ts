import { randomUUID } from "node:crypto";
import { clusterNamed, type Eks, now, type Operation } from "./eks";
import { found } from "./errors";
import { page } from "./page";
import type { Update } from "./records";
import { within } from "./state";

/** Notes a change that is done, for DescribeUpdate, and gives the document that the changing operation answers with. */
export function recordUpdate(
  eks: Eks,
  clusterName: string,
  type: string,
  parameters: Readonly<Record<string, unknown>>,
): { readonly update: object } {
  const update: Update = {
    id: randomUUID(),
    status: "Successful",
    type,
    params: Object.entries(parameters)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => ({ type: name, value: typeof value === "string" ? value : JSON.stringify(value) })),
    createdAt: now(),
    errors: [],
  };
  eks.state.updates.set(within(clusterName, update.id), update);
  return { update: { ...update, status: "InProgress" } };
}

export const describeUpdate: Operation = (eks, { path }) => ({
  update: found(
    eks.state.updates.get(within(clusterNamed(eks, path("cluster")).name, path("update"))),
    `No update found for ID: ${path("update")}`,
  ),
});

export const listUpdates: Operation = (eks, { path, query }) => {
  const prefix = within(clusterNamed(eks, path("cluster")).name, "");
  const ids = [...eks.state.updates.keys()]
    .filter((key) => key.startsWith(prefix))
    .map((key) => key.slice(prefix.length));
  return page("updateIds", ids, query);
};
