import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { minimal } from "../support/minimal";
import { TestProject } from "./test-project";

interface Cluster {
  /** Rows of kubectl: namespace, name, revision, status, since. */
  readonly records: readonly string[];
  /** What asking for the state's lock comes to. Default: it is free. */
  readonly lock?: string;
  /** What deleting a record prints. */
  readonly deleting?: string;
}

const pending = "kube-system aws-load-balancer-controller 1 pending-install 2026-11-21T11:00:00Z";
const deleted = 'secret "sh.helm.release.v1.aws-load-balancer-controller.v1" deleted';

function projectWith({ records, lock = "exit 0", deleting = `echo '${deleted}'` }: Cluster): TestProject {
  const project = new TestProject([minimal("dev")]);
  mkdirSync(join(project.root, "cdktf.out", "stacks", "dev-controllers", ".terraform"), { recursive: true });
  project.standIn("aws");
  project.standIn("terraform", lock);
  const rows = records.map((row) => `echo '${row}'`).join("\n");
  project.standIn("kubectl", `case "$*" in\n*delete*) ${deleting} ;;\n*)\n${rows}\n:\n;;\nesac`);
  return project;
}

const removals = ({ calls }: TestProject) => calls.filter((call) => call.includes(" delete "));

describe("foundry recover", () => {
  it.each(["no\n", "n\n", "y\n", "\n", ""])("removes nothing when it is answered %j", async (typed) => {
    const project = projectWith({ records: [pending] });
    const { code, stdout, stderr } = await project.run(["recover", "dev"], { typed });
    expect(code).toBe(1);
    expect(stdout).toContain(
      "kube-system/aws-load-balancer-controller: pending-install since 2026-11-21T11:00:00.000Z",
    );
    expect(stdout).toContain("Remove this record? yes/no");
    expect(stderr).toBe("foundry: nothing was removed; answer yes, or add --yes, to remove what is listed above.\n");
    expect(removals(project)).toEqual([]);
  });

  it.each([
    [["recover", "dev"], "yes\n"],
    [["recover", "dev", "--yes"], ""],
  ])("removes the record of the pending revision, while it is still pending, and no other: %s", async (args, typed) => {
    const project = projectWith({ records: [pending, pending.replace("aws-load-balancer-controller", "stranger")] });
    const { code, stdout } = await project.run(args, { typed });
    expect(code).toBe(0);
    expect(stdout).toContain("aws-load-balancer-controller: brought back; now apply dev-controllers\n");
    expect(removals(project)).toEqual([
      expect.stringMatching(
        /--namespace kube-system --selector owner=helm,name=aws-load-balancer-controller,version=1,status=pending-install$/,
      ),
    ]);
  });

  it("leaves a release alone whose stack somebody holds the lock of, and says who", async () => {
    const refusal = ["Error: Error acquiring the state lock", "  ID: 1", "  Who: ada@desk", "  Created: today"];
    const project = projectWith({
      records: [pending],
      lock: `printf '%s\\n' ${refusal.map((line) => `'${line}'`).join(" ")} >&2; exit 1`,
    });
    const { code, stdout } = await project.run(["recover", "dev", "--yes"]);
    expect(code).toBe(1);
    expect(stdout).toContain(
      "the state lock of dev-controllers is held: ada@desk since today, lock 1.\n  Left alone.\n",
    );
    expect(removals(project)).toEqual([]);
  });

  it("asks for the lock by a command that changes nothing", async () => {
    const project = projectWith({ records: [pending] });
    await project.run(["recover", "dev"]);
    expect(project.calls.filter((call) => call.startsWith("terraform "))).toEqual([
      `terraform -chdir=${join("cdktf.out", "stacks", "dev-controllers")} taint -no-color -allow-missing terraform_data.no_such_resource`,
    ]);
  });

  it("goes by the time alone where Terraform cannot tell", async () => {
    const lock = "echo 'Error: Backend initialization required' >&2; exit 1";
    const late = await projectWith({ records: [pending], lock }).run(["recover", "dev", "--yes"]);
    expect(late.code).toBe(0);
    expect(late.stdout).toContain("could not be asked (Backend initialization required)");
    const early = projectWith({ records: [pending], lock });
    const now = new Date("2026-11-21T11:00:30Z");
    expect((await early.run(["recover", "dev", "--yes"], { now })).code).toBe(1);
    expect(removals(early)).toEqual([]);
  });

  it("says so when somebody went on with a release meanwhile", async () => {
    const project = projectWith({ records: [pending], deleting: "echo 'No resources found'" });
    const { stdout } = await project.run(["recover", "dev", "--yes"]);
    expect(stdout).toContain("somebody else went on with it meanwhile");
  });

  it("has nothing to do where no release is pending, and asks nothing", async () => {
    const { code, stdout } = await projectWith({ records: [] }).run(["recover", "dev"]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: "dev: no release is pending\n" });
  });

  it("asks AWS for the cluster, unless a context of the kubeconfig is named", async () => {
    const project = projectWith({ records: [] });
    await project.run(["recover", "dev"]);
    expect(project.calls[0]).toMatch(/^aws eks update-kubeconfig --name dev --region us-west-2 --kubeconfig \S+$/);
    expect(project.calls[1]).toMatch(/^kubectl --kubeconfig \S+ get secrets /);
    const named = projectWith({ records: [] });
    await named.run(["recover", "dev", "--context", "mine"]);
    expect(named.calls).toEqual([expect.stringMatching(/^kubectl --context mine get secrets /)]);
  });

  it("names the program that is missing, and what to do", async () => {
    const { code, stderr } = await new TestProject([minimal("dev")]).run(["recover", "dev"], {
      variables: { PATH: "/nowhere" },
    });
    expect(code).toBe(1);
    expect(stderr).toBe(
      "foundry: aws could not be started (spawnSync aws ENOENT); install it, or put it on the PATH.\n",
    );
  });
});
