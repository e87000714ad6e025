import { resolve } from "node:path";
import { Option } from "commander";
import { type Define, examples } from "./program/command";
import { knownEnvironments } from "./program/environment-names";
import { AlreadyReported, Refusal } from "./program/errors";
import type { Surroundings } from "./program/surroundings";
import type { Compared, Form } from "./review/print-review";

interface Options {
  readonly base?: string;
  readonly folders?: readonly string[];
  readonly plans?: readonly string[];
  readonly as: Form;
}

/** What a pipeline asks for, by the exit code alone. */
const codes = [
  "\nExits with 0 where nothing differs, 1 where something does, 2 where something needs a second look, 3 where the",
  "review failed or was called wrongly.",
];
const error = 3;

export const define: Define = (command, surroundings) => {
  command
    .argument("[environments...]", "names of environments; default: all")
    .addOption(
      new Option("--base <ref>", "compare the environment files with a commit, branch or tag").conflicts([
        "folders",
        "plans",
      ]),
    )
    .addOption(
      new Option("--folders <folders...>", "compare two folders of synthesized stacks, the older first").conflicts(
        "plans",
      ),
    )
    .option("--plans <files...>", "read plans that terraform show -json printed, each named <environment>-<stack>.json")
    .addOption(
      new Option("--as <form>", "how to write it")
        .choices(["text", "markdown", "json", "sarif", "html"])
        .default("text"),
    )
    .addHelpText("after", codes.join("\n"))
    .addHelpText(
      "after",
      examples(
        "foundry review --base origin/main",
        "foundry review dev --base HEAD~1 --as html > review.html",
        "foundry review --folders old/cdktf.out cdktf.out",
        "foundry review --plans dev-cluster.json dev-apps.json --as markdown",
      ),
    )
    .exitOverride((wrong) => {
      // Commander has said what is wrong.
      throw wrong.exitCode === 0 ? wrong : new AlreadyReported(error);
    })
    .action(async (asked: readonly string[], options: Options) => {
      const { printReview } = await import("./review/print-review.js");
      let code: number;
      try {
        code = await printReview(surroundings, await whatToCompare(surroundings, asked, options), options.as);
      } catch (failed) {
        if (failed instanceof AlreadyReported) throw new AlreadyReported(error);
        if (failed instanceof Refusal) throw new Refusal(failed.message, error);
        throw failed;
      }
      if (code !== 0) throw new AlreadyReported(code);
    });
};

async function whatToCompare(
  surroundings: Surroundings,
  asked: readonly string[],
  { base, folders, plans }: Options,
): Promise<Compared> {
  const { readEnvironments } = await import("./terraform-json/read-stacks.js");
  const only = <T extends { readonly name: string }>(all: readonly T[]) =>
    asked.length === 0 ? all : all.filter(({ name }) => asked.includes(name));
  const at = (path: string) => resolve(surroundings.calledIn, path);
  if (plans !== undefined) {
    const { readPlans } = await import("./review/plans.js");
    const { before, after } = readPlans(plans.map(at));
    return { before: only(before), after: only(after), labels: { before: "what is there", after: "the plan" } };
  }
  if (folders !== undefined) {
    const [old, now, ...more] = folders;
    if (old === undefined || now === undefined || more.length > 0) {
      throw new Refusal("two folders are compared; name the older one and the newer one");
    }
    return {
      before: only(readEnvironments(at(old))),
      after: only(readEnvironments(at(now))),
      labels: { before: old, after: now },
    };
  }
  if (base === undefined) throw new Refusal("say what to compare with: --base <ref>, --folders or --plans");
  const { environmentsAt } = await import("./review/base.js");
  const { synthesizedNow } = await import("./terraform-json/synthesized.js");
  const { writeStacks } = await import("./synth/synthesize.js");
  const { environmentNames } = await import("../platform/environment-files.js");
  const here = environmentNames(resolve(surroundings.root, "environments"));
  const before = await environmentsAt(surroundings, base);
  // One that the commit has and that is gone since is a change too.
  const gone = (name: string) => !here.includes(name) && before.some((one) => one.name === name);
  const wanted = (asked.length === 0 ? here : asked).filter((name) => !gone(name));
  const known = knownEnvironments(surroundings.root, wanted);
  return {
    before: only(before),
    after: known.length === 0 ? [] : await synthesizedNow(surroundings, known, writeStacks),
    labels: { before: base, after: "the environment files" },
  };
}
