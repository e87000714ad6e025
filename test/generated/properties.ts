import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, Testing } from "cdktf";
import { EnvironmentError, formatProblem } from "../../modules/schema/problem";
import type { Environment } from "../../platform/environment";
import { checkEnvironments } from "../../platform/load";
import { environmentStacks } from "../../stacks/environment";
import { type StackName, stackOrder } from "../../stacks/order";
import { today } from "../support/environments";
import { strings } from "../support/json";
import { parseStack, type TerraformJson } from "../support/synth";

interface Drawn {
  readonly name: string;
  readonly value: unknown;
}

const fourLines = /^environments\/[a-z-]+\.ts: \S.*\n {2}is: {3}.+\n {2}why: {2}\S.*[.?!…]\n {2}do: {3}\S.*[.?!…]$/;

/**
 * Environments as they are checked: undefined where they are refused, and then each problem has its four lines.
 *
 * @throws whatever is no refusal
 */
export function taken(drawn: readonly Drawn[]): readonly Environment[] | undefined {
  const files = drawn.map((one) => ({ ...one, file: `environments/${one.name}.ts` }));
  try {
    return checkEnvironments(files, today).environments;
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    for (const { file, problem } of error.problems) {
      const text = formatProblem(file, problem);
      if (!fourLines.test(text)) throw new Error(`a refusal that is not four lines:\n${text}`);
    }
    return undefined;
  }
}

export type Stacks = Readonly<Record<StackName, string>>;

/** Text of an environment's stacks. */
export function written(environment: Environment): Stacks {
  const outdir = mkdtempSync(join(tmpdir(), "drawn-"));
  try {
    const app = Testing.stubVersion(new App({ stackTraces: false, outdir }));
    const stacks = environmentStacks(app, environment);
    const text = (name: StackName) => {
      const stack = stacks.find(({ stackName }) => stackName === name);
      if (stack === undefined) throw new Error(`no stack ${name}`);
      return Testing.synth(stack, true);
    };
    return {
      cluster: text("cluster"),
      identity: text("identity"),
      controllers: text("controllers"),
      apps: text("apps"),
    };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** What is wrong with stacks that belong together, as sentences; nothing where they hold. */
export function faults(text: Stacks): readonly string[] {
  const stacks = stackOrder.map((name) => ({ name, json: parseStack(text[name]) }));
  return stacks.flatMap(({ name, json }) => [
    ...danglingReferences(json).map((one) => `${name}: ${one} leads nowhere`),
    ...unpublished(json, text).map((one) => `${name}: nobody publishes ${one}`),
    ...brokenNames(json).map((one) => `${name}: ${one}`),
    ...liveTemplates(json).map((one) => `${name}: ${one}`),
  ]);
}

const interpolation = /(?<!\$)\$\{([^}]*)\}/g;

function interpolations(json: TerraformJson): readonly string[] {
  return strings(json).flatMap(({ text }) => [...text.matchAll(interpolation)].map(([, inside = ""]) => inside));
}

/** References to a resource or a data source that the stack has not. */
function danglingReferences(json: TerraformJson): readonly string[] {
  const known = new Set([
    ...addresses(json.resource).map((address) => address),
    ...addresses(json.data).map((address) => `data.${address}`),
    ...addresses(json.ephemeral).map((address) => `ephemeral.${address}`),
  ]);
  const found = interpolations(json).flatMap((inside) =>
    [
      ...inside
        .replaceAll(/"[^"]*"/g, "")
        .matchAll(/(?<![\w.-])((?:data|ephemeral)\.)?((?:aws|kubernetes|helm)_\w+\.[\w-]+)/g),
    ].map(([, sort = "", address]) => `${sort}${address}`),
  );
  return [...new Set(found)].filter((address) => !known.has(address));
}

function addresses(blocks: TerraformJson["resource"]): readonly string[] {
  return Object.entries(blocks).flatMap(([type, named]) => Object.keys(named).map((name) => `${type}.${name}`));
}

/** Outputs that are read of a stack which does not have them, or not this entry of them. */
function unpublished(json: TerraformJson, text: Stacks): readonly string[] {
  const read = interpolations(json).flatMap((inside) => [
    ...inside.matchAll(/data\.terraform_remote_state\.(\w+)\.outputs\.(\w+)(?:\["([^"]*)"\])?/g),
  ]);
  return read.flatMap(([whole, producer = "", output = "", key]) => {
    const stack = stackOrder.find((name) => name === producer);
    const published = stack === undefined ? undefined : parseStack(text[stack]).output[output];
    if (published === undefined) return [whole];
    if (key === undefined || typeof published.value !== "object") return [];
    return Object.hasOwn(Object(published.value), key) ? [] : [whole];
  });
}

/** Longest name by type and argument. Sources: the API references of IAM, ELB and Helm. */
const limits: readonly (readonly [type: string, argument: string, limit: number])[] = [
  ["aws_iam_role", "name", 64],
  ["aws_iam_policy", "name", 128],
  ["aws_iam_user", "name", 64],
  ["aws_lb", "name", 32],
  ["aws_lb_target_group", "name", 32],
  ["aws_eks_cluster", "name", 100],
  ["aws_cloudwatch_log_group", "name", 512],
  ["aws_security_group", "name", 255],
  ["aws_route53_record", "name", 255],
  ["helm_release", "name", 53],
];

/** Names that AWS or Helm would refuse, or refuse the second time. */
function brokenNames(json: TerraformJson): readonly string[] {
  return limits.flatMap(([type, argument, limit]) => {
    const given = Object.values(json.resource[type] ?? {}).map((block) => {
      const name = String(block[argument]);
      const within = type === "helm_release" ? block["namespace"] : block["type"];
      return { name, key: `${name} ${String(within)} ${String(block["zone_id"])}` };
    });
    const long = given.filter(({ name }) => !name.includes("${") && name.length > limit);
    const twice = given.filter(({ key }, index) => given.findIndex((other) => other.key === key) !== index);
    return [
      ...long.map(({ name }) => `${type} ${name} has more than ${limit} characters`),
      ...twice.map(({ name }) => `${type} ${name} is there twice`),
    ];
  });
}

/** Text of an environment that Terraform would read as a template. */
function liveTemplates(json: TerraformJson): readonly string[] {
  return strings(json)
    .filter(({ text }) => /(?<!\$)\$\{path\.module\}|(?<!%)%\{ if true \}/.test(text))
    .map(({ path, text }) => `${path} is a template: ${text}`);
}
