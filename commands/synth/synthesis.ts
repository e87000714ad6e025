import { createHash } from "node:crypto";
import { readFileSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { type IManifest, Manifest } from "cdktf";
import { escapeTemplates } from "../../modules/schema/escape";
import type { Environment } from "../../platform/environment";
import { additionSources, environmentNames, readEnvironmentFiles } from "../../platform/environment-files";
import { type CheckedFile, checkFile, checkTogether } from "../../platform/load";
import type { EnvironmentFile, Warning } from "../../platform/rules/rule";
import { stackId, stackOrder } from "../../stacks/order";
import { Refusal } from "../program/errors";
import type { Surroundings } from "../program/surroundings";
import { policyLines } from "../review/policies/waivers";
import { lockFolder } from "./folder-lock";
import { publish, publishManifest, type Remains, removeGone } from "./output-folder";
import { copyProviderLock } from "./provider-lock-files";
import { type Staged, type StageFolders, stage } from "./stage";
import { rolesWithoutPolicy, stageWorkspaces, workspacesLeft } from "./stage-workspaces";
import { stageInThreads } from "./thread";

export interface SynthesisProps extends Pick<Surroundings, "root" | "today" | "variables" | "build"> {
  /** Names of environments. Default: all. */
  readonly environments?: readonly string[];
  /** Folder to write to. Default: what `CDKTF_OUTDIR` says, otherwise `cdktf.out`. */
  readonly outdir?: string;
  /** Threads that make stacks, where there are many. Default: one a core. */
  readonly jobs?: number;
  /** Writes the list of stacks that the CLI of cdktf goes by. Default: true. */
  readonly listed?: boolean;
}

/** What came of a synthesis. */
export interface Synthesized {
  readonly staged: readonly Staged[];
  readonly warnings: readonly Warning[];
  /** Policies that environments break or waive, a line each. */
  readonly policies: readonly Warning[];
  readonly remains: readonly Remains[];
  /** How many stacks of workspaces were made. */
  readonly organizations: number;
}

/** Fewer environments are made before a thread has loaded what it needs. */
const worthThreads = 8;

/** Makes the stacks of environments: at first all of them, later those that changed since. */
export class Synthesis {
  private readonly checked = new Map<string, CheckedFile>();
  private readonly manifests = new Map<string, IManifest>();
  /** What each environment was when it was made last. */
  private made: ReadonlyMap<string, string> = new Map();
  private additions: StageFolders["additions"] = {};
  private readonly sources: string;
  private readonly bundles: string;
  private readonly folders: Omit<StageFolders, "additions">;

  constructor(private readonly props: SynthesisProps) {
    const { root, outdir, variables } = props;
    this.sources = join(root, "environments");
    this.bundles = join(root, "dist", "environments");
    const folder = resolve(root, outdir ?? variables["CDKTF_OUTDIR"] ?? "cdktf.out");
    this.folders = { outdir: folder, staging: join(folder, ".synth"), bundles: this.bundles };
  }

  /**
   * Nothing that was there changes before everything is made and TypeScript agrees.
   *
   * @returns undefined where TypeScript does not agree
   * @throws EnvironmentError with all problems of all environments
   */
  async run(): Promise<Synthesized | undefined> {
    const { outdir, staging } = this.folders;
    await this.props.build.program();
    const unlock = await lockFolder(outdir);
    try {
      // Of a run that was killed.
      rmSync(staging, { recursive: true, force: true });
      const living = environmentNames(this.sources);
      this.additions = additionSources(this.sources);
      const names = living.filter((name) => this.props.environments?.includes(name) ?? true);
      const now = new Map(names.map((name) => [name, this.version(name)]));
      const changed = names.filter((name) => now.get(name) !== this.made.get(name));
      const ofEach = await this.stage(names, changed);
      const whole = names.length === living.length;
      const environments = names.flatMap((name) => this.checked.get(name)?.parsed?.environment ?? []);
      const workspaces = whole ? this.stageWorkspaces(environments) : undefined;
      const staged = workspaces === undefined ? ofEach : [...ofEach, workspaces];
      if (!(await this.props.build.types()).passed) return undefined;
      refuseHoles(staged);
      publish(staged, this.folders);
      for (const { name } of ofEach) this.lockProviders(name);
      for (const { name, manifest } of ofEach) this.manifests.set(name, manifest);
      const manifests = names.flatMap((name) => this.manifests.get(name) ?? []);
      const organizations = workspaces === undefined ? [] : Object.keys(workspaces.manifest.stacks);
      for (const id of organizations) copyProviderLock("workspaces", this.folderOf(id), this.props.root);
      if (this.props.listed ?? true) {
        publishManifest(workspaces === undefined ? manifests : [...manifests, workspaces.manifest], this.folders);
      }
      this.made = now;
      const warnings = [
        ...changed.flatMap((name) => this.checked.get(name)?.warnings ?? []),
        ...(whole
          ? environments.flatMap((environment) => rolesWithoutPolicy(environment, this.props.root))
          : workspacesLeft(environments)),
      ];
      const policies = staged.flatMap((one) => this.policies(one));
      const remains = removeGone(outdir, living, whole ? organizations : undefined);
      return { staged, warnings, policies, remains, organizations: organizations.length };
    } finally {
      rmSync(staging, { recursive: true, force: true });
      unlock();
    }
  }

  private policies({ name, violations }: Staged): readonly Warning[] {
    const parsed = this.checked.get(name)?.parsed;
    if (parsed === undefined) return [];
    const { file, environment } = parsed;
    return policyLines(violations, environment.waivers, this.props.today).map((message) => ({ file, message }));
  }

  private lockProviders(environment: string): void {
    for (const kind of stackOrder) {
      copyProviderLock(kind, this.folderOf(stackId(environment, kind)), this.props.root);
    }
  }

  private folderOf(id: string): string {
    return join(this.folders.outdir, Manifest.stacksFolder, id);
  }

  private stageWorkspaces(environments: readonly Environment[]): Staged | undefined {
    return stageWorkspaces(environments.map(escapeTemplates), this.folders, this.props.root);
  }

  private version(name: string): string {
    const hash = createHash("sha1").update(readFileSync(join(this.bundles, `${name}.js`)));
    if (this.additions[name] !== undefined) hash.update(readFileSync(join(this.bundles, `${name}.stacks.js`)));
    return hash.digest("hex");
  }

  /** Stages those that changed, and holds all of them to the rules. */
  private async stage(names: readonly string[], changed: readonly string[]): Promise<readonly Staged[]> {
    const { build, jobs = availableParallelism() } = this.props;
    const folders = { ...this.folders, additions: this.additions };
    const files = readEnvironmentFiles(this.sources, this.bundles, changed);
    const checkAcross = () => checkTogether(names.flatMap((name) => this.checked.get(name) ?? []));
    if (files.length < worthThreads) {
      const environments = [...this.sound(files)];
      checkAcross();
      return environments.map((environment) => stage(environment, folders));
    }
    const staged = await stageInThreads(this.sound(files), { build, folders, threads: jobs });
    checkAcross();
    return staged;
  }

  /** Checks one file after another, and gives out environments as long as there is no problem. */
  private *sound(files: readonly EnvironmentFile[]): Generator<Environment> {
    let problems = 0;
    for (const file of files) {
      const checked = checkFile(file, this.props.today);
      this.checked.set(file.name, checked);
      problems += checked.problems.length;
      if (problems === 0 && checked.parsed !== undefined) yield escapeTemplates(checked.parsed.environment);
    }
  }
}

/** @throws Refusal where a way in leads nowhere, or is one that no route declares */
function refuseHoles(staged: readonly Staged[]): void {
  const holes = staged.flatMap((one) => one.holes);
  if (holes.length === 0) return;
  const all = holes.map((line) => `  ${line}`).join("\n");
  throw new Refusal(
    `nothing was written, for ways in lead nowhere or are declared by no route:\n${all}\nnpx foundry doors says more of them`,
  );
}
