import type { StackName } from "../../stacks/stack";
import type { TerraformJson } from "./synth";

/** Stacks of an environment that a test may write into. */
export type Editable = Record<StackName, { [key: string]: unknown }>;

type Fields = { [key: string]: unknown };

/** A copy of stacks to change. */
export function editable(stacks: Readonly<Record<StackName, TerraformJson | { [key: string]: unknown }>>): Editable {
  return JSON.parse(JSON.stringify(stacks));
}

function fieldsAt(value: unknown, path: readonly string[]): Fields {
  let current = value;
  for (const key of path) {
    const inner: unknown = Array.isArray(current) ? current[0] : current;
    if (typeof inner !== "object" || inner === null || !(key in inner)) {
      throw new Error(`nothing at ${path.join(".")}`);
    }
    current = (inner as Fields)[key];
  }
  const last: unknown = Array.isArray(current) ? current[0] : current;
  if (typeof last !== "object" || last === null) throw new Error(`no object at ${path.join(".")}`);
  return last as Fields;
}

/**
 * Sets a field of a resource; undefined takes the field away.
 *
 * @param path keys from the block's arguments on
 */
export function set(
  stacks: Editable,
  stack: StackName,
  address: string,
  path: readonly string[],
  value: unknown,
): void {
  const [mode, ...at] = address.startsWith("data.") ? address.split(".") : ["resource", ...address.split(".")];
  const parent = fieldsAt(stacks[stack], [mode ?? "", ...at, ...path.slice(0, -1)]);
  const key = path.at(-1) ?? "";
  if (value === undefined && !(key in parent)) throw new Error(`no ${path.join(".")} in ${address}`);
  if (value === undefined) delete parent[key];
  else parent[key] = value;
}

/** Takes a resource away. */
export function remove(stacks: Editable, stack: StackName, address: string): void {
  const [type = "", name = ""] = address.split(".");
  const named = fieldsAt(stacks[stack], ["resource", type]);
  if (!(name in named)) throw new Error(`no ${address} in ${stack}`);
  delete named[name];
}

/** Adds a resource. */
export function add(stacks: Editable, stack: StackName, address: string, block: Fields): void {
  const [type = "", name = ""] = address.split(".");
  const resources = fieldsAt(stacks[stack], ["resource"]);
  resources[type] = { ...(resources[type] as Fields | undefined), [name]: block };
}

/** Changes the values of a Helm release, which are JSON text. */
export function values(stacks: Editable, stack: StackName, release: string, change: (values: Fields) => void): void {
  const block = fieldsAt(stacks[stack], ["resource", "helm_release", release]);
  const [text] = block["values"] as readonly string[];
  const parsed: Fields = JSON.parse(text ?? "{}");
  change(parsed);
  block["values"] = [JSON.stringify(parsed)];
}

/** Changes the OpenAPI document of a REST API, which is JSON text. */
export function apiDocument(stacks: Editable, name: string, change: (document: Fields) => void): void {
  const block = fieldsAt(stacks["apps"], ["resource", "aws_api_gateway_rest_api", name]);
  const document: Fields = JSON.parse(String(block["body"]));
  change(document);
  block["body"] = JSON.stringify(document);
}

/** Changes one manifest that a release puts through. */
export function manifest(
  stacks: Editable,
  stack: StackName,
  release: string,
  kind: string,
  change: (spec: Fields) => void,
): void {
  values(stacks, stack, release, ({ manifests }) => {
    const found = (manifests as readonly Fields[]).find((one) => one["kind"] === kind);
    if (found === undefined) throw new Error(`no ${kind} in ${release}`);
    change(found["spec"] as Fields);
  });
}

/** Takes the manifests of a kind out of a release. */
export function withoutManifest(stacks: Editable, stack: StackName, release: string, kind: string): void {
  values(stacks, stack, release, (parsed) => {
    const all = parsed["manifests"] as readonly Fields[];
    if (!all.some((one) => one["kind"] === kind)) throw new Error(`no ${kind} in ${release}`);
    parsed["manifests"] = all.filter((one) => one["kind"] !== kind);
  });
}
