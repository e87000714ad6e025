import { describe, expect, it } from "vitest";
import { destroyStacks } from "../src/destroy";
import type { Sandbox } from "../src/up";
import { sandboxOf, stackOf, stateFile } from "./fixtures";
import { changed, diagnostic, printed } from "./terraform-prints";

/** Empties the state of the stack in whose folder it is run. */
const destroys = `if [ "$1" = destroy ]; then
  echo '{"resources":[]}' > ${stateFile}
  ${printed(changed("destroy", { remove: 3 }))}
fi`;

const everything = { "dev-cluster": ["managed"], "dev-controllers": ["managed"], "dev-apps": ["managed"] } as const;

async function outcomes(sandbox: Sandbox, only?: readonly string[], signal?: AbortSignal) {
  const results = await destroyStacks(
    sandbox,
    only,
    () => {},
    () => {},
    signal,
  );
  return results.map(({ stack, outcome }) => [stack, outcome.kind === "passed" ? outcome.detail : outcome.reason]);
}

describe("destroying stacks", () => {
  it("goes in the reverse of their order", async () => {
    expect(await outcomes(sandboxOf(everything, destroys))).toEqual([
      ["dev-apps", "3 destroyed"],
      ["dev-controllers", "3 destroyed"],
      ["dev-cluster", "3 destroyed"],
    ]);
  });

  it("refuses a stack that others stand on, names them in the order in which to destroy them, and says why", async () => {
    expect(await outcomes(sandboxOf(everything, destroys), ["dev-cluster"])).toEqual([
      [
        "dev-cluster",
        "dev-cluster is not destroyed: dev-apps and dev-controllers stand on it, and would leave behind in AWS what " +
          "only a running cluster takes away. Destroy those stacks first, the last one first.",
      ],
    ]);
  });

  it("refuses a stack that one other stands on, in a sentence for one", async () => {
    expect(await outcomes(sandboxOf(everything, destroys), ["dev-controllers"])).toEqual([
      [
        "dev-controllers",
        "dev-controllers is not destroyed: dev-apps stands on it, and would leave behind in AWS what only a running " +
          "cluster takes away. Destroy that stack first, the last one first.",
      ],
    ]);
  });

  it("takes a stack that only reads for one that holds nothing", async () => {
    const sandbox = sandboxOf({ "dev-cluster": ["managed"], "dev-apps": ["data"] }, destroys);
    expect(await outcomes(sandbox, ["dev-cluster"])).toEqual([["dev-cluster", "3 destroyed"]]);
  });

  it("refuses what stands below one whose destroy failed", async () => {
    const fails = `if [ "$1" = destroy ]; then
      case $PWD in *-apps) ${printed(diagnostic("error", "context deadline exceeded"))}; exit 1;; esac
    fi
    ${destroys}`;
    expect(await outcomes(sandboxOf(everything, fails))).toEqual([
      ["dev-apps", "Error: context deadline exceeded"],
      ["dev-controllers", expect.stringContaining("dev-apps stands on it")],
      ["dev-cluster", expect.stringContaining("dev-apps and dev-controllers stand on it")],
    ]);
  });

  it.each([
    ["aws_vpc.network", "stands on it"],
    ["data.aws_region.current", "3 destroyed"],
  ])("asks Terraform about a state that is not a local file: of one with %s, it %s", async (address, answer) => {
    const sandbox = sandboxOf(
      { "dev-cluster": ["managed"] },
      `[ "$1 $2" = "state list" ] && echo ${address}\n${destroys}`,
    );
    const [cluster] = sandbox.stacks;
    const apps = stackOf("dev-apps", {
      folder: cluster?.folder ?? "",
      dependencies: ["dev-cluster"],
      terraform: { backend: { s3: { bucket: "state" } } },
    });
    const result = await outcomes({ ...sandbox, stacks: [...sandbox.stacks, apps] }, ["dev-cluster"]);
    expect(result).toEqual([["dev-cluster", expect.stringContaining(answer)]]);
  });

  it("runs nothing after an interruption", async () => {
    expect(await outcomes(sandboxOf({ "dev-cluster": ["managed"] }, destroys), undefined, AbortSignal.abort())).toEqual(
      [["dev-cluster", "interrupted"]],
    );
  });
});
