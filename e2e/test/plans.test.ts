import { sandboxOf } from "@ingress-foundry/sandbox/test/fixtures";
import { diagnostic, printed } from "@ingress-foundry/sandbox/test/terraform-prints";
import { describe, expect, it } from "vitest";
import { changeText, passed, plannedChanges, stateResources } from "../src/plans";
import { NotRun } from "../src/results";

const planned = (address: string, ...actions: readonly string[]) => ({
  address,
  type: address.split(".")[0] ?? "",
  change: { actions: [...actions], before: null, after: null },
});

/** The first stack of a sandbox whose Terraform prints this document to `show`. */
function stackShowing(document: object, plan = "true") {
  const script = `case $1 in plan) ${plan};; show) echo "Warning: deprecated"; echo '${JSON.stringify(document)}';; esac`;
  const { runs, stacks } = sandboxOf({ "dev-cluster": [] }, script);
  const [stack] = stacks;
  if (stack === undefined) {
    throw new Error("the sandbox has no stack");
  }
  return { runs, stack };
}

describe("an outcome that a scenario stands on", () => {
  it("gives its detail when it passed", () => {
    expect(passed({ kind: "passed", detail: "50 added" })).toBe("50 added");
  });

  it("fails the scenario when it failed, and lets it not be run when it was not", () => {
    expect(() => passed({ kind: "failed", reason: "Error: no" })).toThrow("Error: no");
    expect(() => passed({ kind: "failed", reason: "Error: no" })).not.toThrow(NotRun);
    expect(() => passed({ kind: "not run", reason: "interrupted" })).toThrow(new NotRun("interrupted"));
    expect(() => passed({ kind: "not run", reason: "interrupted" })).toThrow(NotRun);
  });
});

describe("a planned change", () => {
  it.each([
    [["create"], "create aws_vpc.network"],
    [["update"], "update aws_vpc.network"],
    [["delete"], "delete aws_vpc.network"],
    [["delete", "create"], "replace aws_vpc.network"],
    [["create", "delete"], "replace aws_vpc.network"],
  ])("of actions %j is %j", (actions, text) => {
    expect(changeText(planned("aws_vpc.network", ...actions))).toBe(text);
  });
});

describe("the changes of a plan", () => {
  it("are those of resources and outputs; keeping and reading are none", async () => {
    const { runs, stack } = stackShowing({
      format_version: "1.2",
      resource_changes: [
        planned("aws_vpc.network", "no-op"),
        planned("data.aws_region.current", "read"),
        planned("aws_subnet.a", "delete", "create"),
      ],
      output_changes: { vpc_id: { actions: ["no-op"] }, zones: { actions: ["update"] } },
    });
    expect((await plannedChanges(runs, stack)).map(changeText)).toEqual([
      "replace aws_subnet.a",
      "update output.zones",
    ]);
  });

  it("are none where Terraform lists neither resources nor outputs", async () => {
    const { runs, stack } = stackShowing({ format_version: "1.2" });
    expect(await plannedChanges(runs, stack)).toEqual([]);
  });

  it("are an error with Terraform's own where the plan fails", async () => {
    const { runs, stack } = stackShowing(
      {},
      `echo Planning; ${printed(diagnostic("error", "not authorized"))}; exit 1`,
    );
    await expect(plannedChanges(runs, stack)).rejects.toThrow(/^Error: not authorized$/);
  });
});

describe("the resources of a state", () => {
  const network = {
    address: "aws_vpc.network",
    mode: "managed",
    type: "aws_vpc",
    name: "network",
    values: { cidr_block: "10.0.0.0/16" },
  };

  it("are all of the root module, data sources too", async () => {
    const region = {
      ...network,
      address: "data.aws_region.current",
      mode: "data",
      type: "aws_region",
      name: "current",
    };
    const { runs, stack } = stackShowing({ values: { root_module: { resources: [network, region] } } });
    expect((await stateResources(runs, stack)).map(({ address }) => address)).toEqual([
      network.address,
      region.address,
    ]);
  });

  it("are none before the first apply", async () => {
    const { runs, stack } = stackShowing({ format_version: "1.0" });
    expect(await stateResources(runs, stack)).toEqual([]);
  });
});
