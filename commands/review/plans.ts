import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { type StackName, stackOrder } from "../../stacks/order";
import { Refusal } from "../program/errors";
import type { EnvironmentJson } from "../terraform-json/environment-json";
import { isObject, type JsonObject, listOf, objectOf, textAt } from "../terraform-json/json";
import { readJson } from "../terraform-json/read-stacks";

/** What a plan of a stack says of before and after. */
interface Plan {
  readonly environment: string;
  readonly stack: StackName;
  readonly before: JsonObject;
  readonly after: JsonObject;
}

/** Environments before and after, from `terraform show -json` plans of several stacks. */
export function readPlans(files: readonly string[]): {
  readonly before: readonly EnvironmentJson[];
  readonly after: readonly EnvironmentJson[];
} {
  const plans = files.map(readPlan);
  const seen = new Map<string, string>();
  plans.forEach(({ environment, stack }, index) => {
    const id = `${environment}-${stack}`;
    const other = seen.get(id);
    const file = files[index] ?? "";
    if (other !== undefined) throw new Refusal(`${other} and ${file} are both plans of ${id}; give one of them`);
    seen.set(id, file);
  });
  const side = (which: "before" | "after"): readonly EnvironmentJson[] =>
    [...new Set(plans.map(({ environment }) => environment))].sort().map((name) => ({
      name,
      stacks: Object.fromEntries(
        plans.filter(({ environment }) => environment === name).map((plan) => [plan.stack, plan[which]]),
      ),
    }));
  return { before: side("before"), after: side("after") };
}

/** Terraform's plan files are zip archives. */
const zip = Buffer.from("PK");

function readPlan(file: string): Plan {
  if (readFileSync(file).subarray(0, zip.length).equals(zip)) {
    throw new Refusal(`${file} is a plan file; print it as JSON with terraform show -json ${basename(file)}`);
  }
  const plan = readJson(file);
  const version = textAt(plan, "format_version");
  if (!isObject(plan) || version === undefined || !Array.isArray(plan["resource_changes"] ?? [])) {
    throw new Refusal(`${file} is no plan that terraform show -json printed: it has no format_version`);
  }
  if (!/^(0\.[12]|1\.\d+)$/.test(version)) {
    throw new Refusal(`${file} has the format version ${version}, and 1.x is known; use a Terraform that prints it`);
  }
  const stackId = stackIdOf(plan, file);
  const changes = listOf(plan["resource_changes"]).filter((change) => textAt(change, "mode") !== "data");
  return {
    ...stackId,
    before: { resource: sideOf(changes, "before"), output: outputsOf(plan, "before"), ...moved(changes) },
    after: { resource: sideOf(changes, "after"), output: outputsOf(plan, "after"), ...moved(changes) },
  };
}

/** An output that no other stack has. */
const ownOutput: Readonly<Record<StackName, string>> = {
  cluster: "vpc_id",
  identity: "user_arns",
  controllers: "releases",
  apps: "doors",
};

/** A plan does not name its stack: its file does, or the names of what it makes. */
function stackIdOf(plan: JsonObject, file: string): { readonly environment: string; readonly stack: StackName } {
  const [, environment, name] = new RegExp(`^(.+)-(${stackOrder.join("|")})(?:[.-].*)?$`).exec(basename(file)) ?? [];
  const named = stackOrder.find((one) => one === name);
  const outputs = Object.keys(objectOf(objectOf(plan["planned_values"])["outputs"]));
  const made = stackOrder.find((stack) => outputs.includes(ownOutput[stack]));
  if (named !== undefined && made !== undefined && named !== made) {
    throw new Refusal(
      `${file} is named as a plan of ${named} and has the outputs of ${made}; name it after its own stack`,
    );
  }
  const stack = named ?? made;
  if (stack !== undefined) return { environment: environment ?? "plan", stack };
  throw new Refusal(
    `${file} does not say of which stack it is a plan; name it <environment>-<stack>.json, such as dev-apps.json`,
  );
}

function sideOf(changes: readonly unknown[], which: "before" | "after"): JsonObject {
  const resources: Record<string, Record<string, unknown>> = {};
  for (const change of changes) {
    const value = objectOf(objectOf(change)["change"])[which];
    const type = textAt(change, "type");
    const address = textAt(
      change,
      which === "before" && textAt(change, "previous_address") !== undefined ? "previous_address" : "address",
    );
    if (!isObject(value) || type === undefined || address === undefined) continue;
    const unknown = which === "after" ? objectOf(objectOf(objectOf(change)["change"])["after_unknown"]) : {};
    const name = address.slice(type.length + 1);
    resources[type] = {
      ...resources[type],
      [name]: withoutNothing({ ...value, ...unknownArguments(unknown, changeBefore(change)) }),
    };
  }
  return resources;
}

const changeBefore = (change: unknown) => objectOf(objectOf(objectOf(change)["change"])["before"]);

/** What is known after apply only differs where something stood before. */
function unknownArguments(unknown: JsonObject, before: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(unknown)
      .filter(([key, value]) => value === true && before[key] !== undefined)
      .map(([key]) => [key, "(known after apply)"]),
  );
}

/** A plan writes null where the JSON of a stack writes nothing. */
function withoutNothing(value: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== null));
}

function outputsOf(plan: JsonObject, which: "before" | "after"): JsonObject {
  return Object.fromEntries(
    Object.entries(objectOf(plan["output_changes"])).flatMap(([name, change]) => {
      const value = objectOf(change)[which];
      return value === undefined || value === null ? [] : [[name, { value }] as const];
    }),
  );
}

function moved(changes: readonly unknown[]): JsonObject {
  const moves = changes.flatMap((change) => {
    const from = textAt(change, "previous_address");
    return from === undefined ? [] : [{ from, to: textAt(change, "address") }];
  });
  return moves.length === 0 ? {} : { moved: moves };
}
