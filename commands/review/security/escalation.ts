import type { Grant } from "../model";

/**
 * Actions with which their holder can come to more than was given.
 * Source: "AWS IAM Privilege Escalation – Methods and Mitigation", Rhino Security Labs; IAM user guide, "Granting a
 * user permissions to pass a role to an AWS service".
 */
const alone: Readonly<Record<string, string>> = {
  "*": "may do everything",
  "iam:*": "may write its own policies",
  "iam:createpolicyversion": "may write a new version of a policy that it has",
  "iam:setdefaultpolicyversion": "may take an older version of a policy that it has",
  "iam:createaccesskey": "may make keys of other users",
  "iam:createloginprofile": "may give other users a password",
  "iam:updateloginprofile": "may set other users' passwords",
  "iam:attachuserpolicy": "may attach any policy to a user",
  "iam:attachgrouppolicy": "may attach any policy to a group",
  "iam:attachrolepolicy": "may attach any policy to a role",
  "iam:putuserpolicy": "may write a policy into a user",
  "iam:putgrouppolicy": "may write a policy into a group",
  "iam:putrolepolicy": "may write a policy into a role",
  "iam:addusertogroup": "may join any group",
  "iam:updateassumerolepolicy": "may let itself take any role",
  "iam:passrole": "may hand a role to an AWS service",
  "lambda:updatefunctioncode": "may run its own code as the role of a function",
  "eks:createaccessentry": "may let itself into the cluster",
  "eks:associateaccesspolicy": "may make itself an administrator of the cluster",
  "ssm:startsession": "may open a shell on nodes, with their role",
  "ssm:sendcommand": "may run commands on nodes, with their role",
};

/** What `iam:PassRole` becomes together with another action of the same holder. */
const withPassRole: readonly string[] = [
  "ec2:runinstances",
  "lambda:createfunction",
  "ecs:runtask",
  "ecs:registertaskdefinition",
  "glue:createdevendpoint",
  "cloudformation:createstack",
  "eks:createnodegroup",
  "eks:createpodidentityassociation",
  "datapipeline:createpipeline",
  "sagemaker:createnotebookinstance",
];

/** Managed policies that are everything. */
const administrators = /\/(AdministratorAccess|IAMFullAccess|PowerUserAccess|AmazonEKSClusterAdminPolicy)$/;

/** Whether an action is covered by what a policy names. */
function names(pattern: string, action: string): boolean {
  const lower = pattern.toLowerCase();
  if (!/[*?]/.test(lower)) return lower === action;
  const text = lower
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${text}$`).test(action);
}

/** Sentences on how what was gained leads to more. @param held every permission of the holder after the change */
export function escalations(
  gained: readonly Grant[],
  held: readonly Pick<Grant, "holder" | "action" | "effect">[],
): readonly { readonly holder: string; readonly says: string }[] {
  return gained.flatMap((grant) => {
    if (grant.effect !== "Allow" || grant.principal !== undefined) return [];
    const { holder, action, resource } = grant;
    if (administrators.test(action)) return [{ holder, says: `${holder} gains ${action}` }];
    const reached = Object.entries(alone).filter(([dangerous]) => names(action, dangerous));
    const found = reached
      .filter(
        ([dangerous]) =>
          dangerous === action.toLowerCase() || !reached.some(([other]) => other === action.toLowerCase()),
      )
      .map(([, how]) => ({ holder, says: `${holder} gains ${action} on ${resource}: it ${how}` }));
    const together = withPassRole.filter(
      (other) =>
        names(action, other) &&
        held.some((one) => one.holder === holder && one.effect === "Allow" && names(one.action, "iam:passrole")),
    );
    return [
      ...found,
      ...together.map((other) => ({
        holder,
        says: `${holder} gains ${other} beside iam:PassRole: it may run something with a stronger role`,
      })),
    ];
  });
}
