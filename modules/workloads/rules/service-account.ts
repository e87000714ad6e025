import { at, ofEachWorkload } from "./rule";

/** A role is tied to a service account by what stands on it, so who makes the one makes the other. */
export const roleOnOwnServiceAccount = ofEachWorkload((name, { aws, serviceAccount }) => {
  if (aws.kind !== "role" || typeof serviceAccount !== "object") return [];
  return [
    {
      path: at(name, "serviceAccount"),
      value: serviceAccount,
      rule: `the workload asks for a role of its own, and ${serviceAccount.existing} is made elsewhere: every pod under that name would take the role, or none would`,
      remedy: `leave \`serviceAccount\` out for one of the workload's own, or ask for the role where ${serviceAccount.existing} is made`,
    },
  ];
});
