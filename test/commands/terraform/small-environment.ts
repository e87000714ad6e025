import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { vi } from "vitest";
import { type ApplyOptions, type ApplyTools, applyEnvironment } from "../../../commands/apply/apply-environment";
import { type DestroyOptions, destroyEnvironment } from "../../../commands/destroy/destroy-environment";
import { Refusal } from "../../../commands/program/errors";
import type { Output, Surroundings } from "../../../commands/program/surroundings";
import { readState } from "../../../commands/terraform/state";
import { type RunOptions, TestProject } from "../test-project";

/** A stack in few words. */
export interface SmallStack {
  /** Kinds of the stacks that it reads. */
  readonly reads?: readonly string[];
  /** Bodies by address. */
  readonly resources?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly output?: string;
  readonly moved?: readonly { readonly from: string; readonly to: string }[];
}

export type SmallStacks = Readonly<Record<string, SmallStack>>;

export interface Fault {
  /** The error it ends with. */
  readonly fails?: string;
  /** File whose coming it waits for. */
  readonly waits?: string;
  readonly locked?: boolean;
  /** Address of something that is only read, and is not there any more. */
  readonly gone?: string;
}

export interface Result {
  /** 0 where it passed. */
  readonly code: number;
  readonly refusal: string;
  readonly printed: string;
}

/** The usual four stacks, each with one resource, in the order of their contract. */
export const four: SmallStacks = {
  cluster: { resources: { "aws_eks_cluster.main": {} } },
  identity: { reads: ["cluster"], resources: { "aws_iam_role.lbc": {} } },
  controllers: { reads: ["cluster", "identity"], resources: { "helm_release.lbc": {} } },
  apps: { reads: ["cluster", "identity", "controllers"], resources: { "kubernetes_ingress_v1.shop": {} } },
};

/** What needs no thought is answered by the shell, which starts faster. */
const terraform = `
case "$*" in
init*) exit 0 ;;
*" state pull") cat "$STAND_IN_FOLDER/$(basename "\${1#-chdir=}").state" 2>/dev/null; exit 0 ;;
esac
exec '${process.execPath}' '${join(__dirname, "stand-in.cjs")}' "$@"`;

/** An environment `dev` of a test's own stacks, and a Terraform that keeps names in files. */
export class SmallEnvironment {
  readonly project = new TestProject();
  readonly folder = join(this.project.root, "stand-in");
  private stacks: SmallStacks = four;
  /** What synth says against the environment. */
  refused: string | undefined;

  constructor(stacks: SmallStacks = four) {
    mkdirSync(this.folder, { recursive: true });
    this.project.standIn("terraform", terraform);
    writeFileSync(join(this.project.root, "environments", "dev.ts"), "");
    this.becomes(stacks);
  }

  /** Changes what synth makes of the environment. */
  becomes(stacks: SmallStacks): void {
    this.stacks = stacks;
  }

  /** @param faults by address, or by stack and command, such as `dev-apps plan` */
  hasFaults(faults: Readonly<Record<string, Fault>>): void {
    writeFileSync(join(this.folder, "faults.json"), JSON.stringify(faults));
  }

  /** What the stand-in was called for and did, since the last time that somebody asked. */
  takeCalls(): readonly string[] {
    const file = join(this.folder, "calls");
    if (!existsSync(file)) return [];
    const calls = readFileSync(file, "utf8").trimEnd().split("\n");
    rmSync(file);
    return calls;
  }

  async untilCalled(call: string): Promise<void> {
    const file = join(this.folder, "calls");
    await vi.waitFor(
      () => {
        if (!existsSync(file) || !readFileSync(file, "utf8").includes(call)) throw new Error(`not called: ${call}`);
      },
      { timeout: 20_000, interval: 20 },
    );
  }

  /** Addresses in a stack's state. */
  made(kind: string): readonly string[] {
    const file = join(this.folder, `dev-${kind}.state`);
    if (!existsSync(file)) return [];
    return readState(readFileSync(file, "utf8")).resources.map(({ address }) => address);
  }

  async apply(
    options: Partial<ApplyOptions> & Pick<Partial<ApplyTools>, "preflight"> = {},
    run: RunOptions = {},
  ): Promise<Result> {
    const { preflight, ...asked } = options;
    const all = { yes: true, plan: false, out: undefined, plans: undefined, until: undefined, ...asked };
    return this.result(run, (surroundings) =>
      applyEnvironment(surroundings, "dev", all, { synthesizer: () => this.synthesize(surroundings), preflight }),
    );
  }

  async destroy(options: Partial<DestroyOptions> = {}, run: RunOptions = {}): Promise<Result> {
    const all = { yes: true, plan: false, until: undefined, ...options };
    return this.result(run, (surroundings) =>
      destroyEnvironment(surroundings, "dev", all, (given) => this.synthesize(given)),
    );
  }

  private async synthesize({ errors }: Pick<Surroundings, "errors">): Promise<number> {
    if (this.refused !== undefined) {
      errors.write(`${this.refused}\n`);
      return 1;
    }
    for (const [kind, { reads = [], resources = {}, output = "", moved }] of Object.entries(this.stacks)) {
      const folder = join(this.project.root, "cdktf.out", "stacks", `dev-${kind}`);
      mkdirSync(folder, { recursive: true });
      const resource: Record<string, Record<string, unknown>> = {};
      for (const [address, body] of Object.entries(resources)) {
        const [type = "", name = ""] = address.split(".");
        resource[type] = { ...resource[type], [name]: body };
      }
      const remote = Object.fromEntries(reads.map((producer) => [producer, {}]));
      const stack = {
        terraform: {},
        ...(reads.length === 0 ? {} : { data: { terraform_remote_state: remote } }),
        resource,
        output: { any: { value: output } },
        ...(moved === undefined ? {} : { moved }),
      };
      writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(stack));
    }
    return 0;
  }

  private async result(options: RunOptions, work: (surroundings: Surroundings) => Promise<void>): Promise<Result> {
    let printed = "";
    const output: Output = {
      write: (text) => {
        printed += text;
      },
      columns: undefined,
      colour: false,
    };
    const variables = { STAND_IN_FOLDER: this.folder };
    const surroundings = { ...this.project.surroundings({ ...options, variables }), output, errors: output };
    try {
      await work(surroundings);
      return { code: 0, refusal: "", printed };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { code: error.exitCode, refusal: error.message, printed };
    }
  }
}
