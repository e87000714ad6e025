import { isAbsolute, relative } from "node:path";
import { type UsedImage, usedImages } from "../../platform/images";
import { runProgram, showProgram } from "../program/child";
import { environmentsToRead } from "../program/environments";
import { Refusal, WrongCall } from "../program/errors";
import { printHeading, printLine } from "../program/print";
import type { Surroundings } from "../program/surroundings";
import { type Tool, tools } from "./tools";

export interface ImagesOptions {
  /** Build and push, and do not print how. */
  readonly push: boolean;
  /** Folders by repository, absolute. */
  readonly folders: Readonly<Record<string, string>>;
}

interface Registry {
  readonly region: string;
  readonly host: string;
}

/**
 * Prints how the images of an environment get into its registry, or puts them there.
 *
 * @throws Refusal where one cannot be pushed
 */
export async function images(
  surroundings: Surroundings,
  name: string,
  { push, folders }: ImagesOptions,
): Promise<void> {
  for (const environment of environmentsToRead(surroundings, [name]).environments) {
    const { accountId, region, partition } = environment.aws;
    const host = `${accountId}.dkr.ecr.${region}.amazonaws.com${partition === "aws-cn" ? ".cn" : ""}`;
    const used = usedImages(environment);
    const stranger = Object.keys(folders).find((repository) => !used.some((image) => image.repository === repository));
    if (stranger !== undefined) throw new WrongCall(`no workload of ${name} runs an image of a repository ${stranger}`);
    if (used.length === 0) return printLine(surroundings.output, `${name}: no workload runs an image of its registry`);
    const tool = tools.find((one) => isThere(surroundings, one));
    if (push) await pushAll(surroundings, used, folders, tool, { region, host });
    else print(surroundings, used, folders, tool ?? tools[0], { region, host });
  }
}

function print(
  { output, calledIn }: Surroundings,
  used: readonly UsedImage[],
  folders: ImagesOptions["folders"],
  tool: Tool,
  registry: Registry,
): void {
  printHeading(output, "# signs in, for twelve hours");
  printLine(output, `aws ${password(registry).join(" ")} | ${tool.name} ${login(registry).join(" ")}`);
  for (const image of used) {
    const { repository, version, workloads, platforms } = image;
    printHeading(
      output,
      `\n# ${repository}, of ${workloads.join(", ")}, for ${platforms.join(" and ") || "nodes of no kind"}`,
    );
    if (isDigest(version)) {
      printLine(
        output,
        `# named by its digest, so push the very image that was built: ${registry.host}/${repository}@${version}`,
      );
      continue;
    }
    const folder = folders[repository];
    const shown = folder === undefined ? `<folder of ${repository}>` : shownPath(calledIn, folder);
    const building = { reference: `${registry.host}/${repository}:${version}`, platforms, folder: shown };
    for (const args of tool.push(building)) printLine(output, `${tool.name} ${args.join(" ")}`);
  }
}

async function pushAll(
  surroundings: Surroundings,
  used: readonly UsedImage[],
  folders: ImagesOptions["folders"],
  tool: Tool | undefined,
  registry: Registry,
): Promise<void> {
  const missing = used.filter((image) => !isThereAlready(surroundings, image, registry));
  const digests = missing.filter(({ version }) => isDigest(version));
  if (digests.length > 0) {
    const named = digests.map(({ repository, version }) => `${repository}@${version}`).join(", ");
    throw new Refusal(
      `${named}: what is named by its digest cannot be built again; push the very image that was built`,
    );
  }
  const unknown = missing.find(({ repository }) => folders[repository] === undefined);
  if (unknown !== undefined) {
    throw new WrongCall(`say where ${unknown.repository} is built: --from ${unknown.repository}=<folder>`);
  }
  if (missing.length === 0) return printLine(surroundings.output, "every image is there already");
  if (tool === undefined) {
    throw new Refusal(
      `none of ${tools.map(({ name }) => name).join(", ")} is on the PATH; install one, docker with buildx`,
    );
  }
  signIn(surroundings, tool, registry);
  for (const { repository, version, platforms } of missing) {
    const reference = `${registry.host}/${repository}:${version}`;
    for (const args of tool.push({ reference, platforms, folder: folders[repository] ?? "" })) {
      const status = await showProgram(surroundings, tool.name, args, { cwd: surroundings.root, input: "ignore" });
      if (status !== 0) throw new Refusal(`${tool.name} ${args.join(" ")} ended with ${status}; what it says is above`);
    }
    printLine(surroundings.output, `${reference} is pushed`);
  }
}

function signIn(surroundings: Surroundings, tool: Tool, registry: Registry): void {
  const given = runProgram(surroundings, "aws", password(registry));
  if (given.status !== 0) throw new Refusal(`aws ${password(registry).join(" ")} says: ${given.stderr.trim()}`);
  const taken = runProgram(surroundings, tool.name, login(registry), given.stdout.trim());
  if (taken.status !== 0) throw new Refusal(`${tool.name} login says: ${taken.stderr.trim()}`);
}

/** A tag that is there stays as it is: by default nobody can push it again. */
function isThereAlready(surroundings: Surroundings, { repository, version }: UsedImage, { region }: Registry): boolean {
  const id = isDigest(version) ? `imageDigest=${version}` : `imageTag=${version}`;
  const args = ["ecr", "describe-images", "--region", region, "--repository-name", repository, "--image-ids", id];
  const { status, stderr } = runProgram(surroundings, "aws", args);
  if (status === 0) {
    printLine(surroundings.output, `${repository}, ${version}: is there already`);
    return true;
  }
  if (stderr.includes("ImageNotFoundException")) return false;
  if (stderr.includes("RepositoryNotFoundException")) {
    throw new Refusal(`there is no repository ${repository} yet; apply the cluster stack first`);
  }
  throw new Refusal(`aws ${args.join(" ")} says: ${stderr.trim()}`);
}

function isThere(surroundings: Surroundings, { name, probe }: Tool): boolean {
  try {
    return runProgram(surroundings, name, probe).status === 0;
  } catch {
    return false;
  }
}

const isDigest = (version: string) => version.startsWith("sha256:");
const password = ({ region }: Registry) => ["ecr", "get-login-password", "--region", region];
const login = ({ host }: Registry) => ["login", "--username", "AWS", "--password-stdin", host];

function shownPath(from: string, folder: string): string {
  const short = relative(from, folder);
  return short === "" ? "." : isAbsolute(short) ? folder : short;
}
