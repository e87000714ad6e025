import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { added, type Inventory } from "../../src/aws/inventory";
import { signedAs } from "../../src/aws/moto-client";
import { type Aws, startAws } from "../../src/aws/start";
import { runTerraform, terraformProgram } from "../../src/terraform";
import { terraformProblem } from "./terraform-problem";

const problem = terraformProblem();
const folder = problem === undefined ? mkdtempSync(join(tmpdir(), "sandbox-aws-")) : tmpdir();
const suite = problem === undefined ? "Terraform against the sandbox's AWS" : `NOT RUN, ${problem}: Terraform`;

describe.skipIf(problem !== undefined)(suite, () => {
  let aws: Aws;
  let before: Inventory;

  beforeAll(async () => {
    aws = await startAws({ workDir: join(folder, "aws"), region: "us-west-2", accountId: "111122223333" });
    before = await aws.inventory();
  });

  afterAll(async () => {
    await aws?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Runs Terraform in a folder; gives its exit code and output. */
  async function terraform(where: string, ...args: readonly string[]) {
    const environment = { ...withoutAws(process.env), ...aws.environment };
    return runTerraform({ program: terraformProgram(), environment }, where, [...args, "-input=false", "-no-color"], {
      log: join(where, "terraform.log"),
    });
  }

  /** Runs it and expects an exit code, with what it printed when it was another. */
  async function expectExit(code: number, where: string, ...args: readonly string[]): Promise<string> {
    const { exitCode, output } = await terraform(where, ...args);
    expect(exitCode, `terraform ${args.join(" ")}:\n${output.slice(-6000)}`).toBe(code);
    return output;
  }

  describe.concurrent("a configuration", () => {
    it.concurrent.each(["cluster", "rest-api", "rest-document", "http-api", "certificate"])(
      "of kind %s applies, plans to nothing, changes in place, plans to nothing and goes",
      async (name) => {
        const where = join(folder, name);
        cpSync(join(__dirname, "fixtures", name), where, { recursive: true });
        cpSync(join(__dirname, "fixtures", "provider.tf"), join(where, "provider.tf"));
        await expectExit(0, where, "init");
        await expectExit(0, where, "apply", "-auto-approve");
        await expectExit(0, where, "plan", "-detailed-exitcode");
        const change = await expectExit(0, where, "apply", "-auto-approve", "-var=changed=true");
        expect(change).toMatch(/[1-9]\d* changed/);
        await expectExit(0, where, "plan", "-detailed-exitcode", "-var=changed=true");
        await expectExit(0, where, "destroy", "-auto-approve", "-var=changed=true");
      },
    );
  });

  it("closes the method that left a REST API's document before it deploys the API again", async () => {
    const where = join(folder, "closed");
    cpSync(join(__dirname, "fixtures", "rest-document"), where, { recursive: true });
    cpSync(join(__dirname, "fixtures", "provider.tf"), join(where, "provider.tf"));
    const methods = async () => {
      const api: string = JSON.parse(readFileSync(join(where, "terraform.tfstate"), "utf8")).outputs.api.value;
      const scope = { accessKeyId: "SANDBOX", region: "us-west-2", service: "apigateway" };
      const { authorization = "" } = signedAs(scope, 0);
      const answer = await fetch(`${aws.endpoint}/restapis/${api}/resources`, { headers: { authorization } });
      const { item } = (await answer.json()) as {
        readonly item: readonly { readonly path: string; readonly resourceMethods?: object }[];
      };
      return item
        .flatMap(({ path, resourceMethods = {} }) => Object.keys(resourceMethods).map((method) => `${method} ${path}`))
        .sort();
    };
    await expectExit(0, where, "init");
    await expectExit(0, where, "apply", "-auto-approve");
    const open = ["ANY /", "ANY /shop", "ANY /{proxy+}"];
    expect(await methods()).toEqual([...open, "GET /status"]);
    const change = await expectExit(0, where, "apply", "-auto-approve", "-var=changed=true");
    expect(await methods()).toEqual(open);
    const closed = change.indexOf("aws_api_gateway_rest_api.this: Modifications complete");
    expect(closed).toBeGreaterThan(-1);
    expect(change.indexOf("aws_api_gateway_deployment.this: Creating...")).toBeGreaterThan(closed);
    await expectExit(0, where, "destroy", "-auto-approve", "-var=changed=true");
  });

  it("leaves nothing in the account once it has destroyed what it made, but the log group that EKS writes again", async () => {
    expect(added(before, await aws.inventory())).toEqual(["log group /aws/eks/sandbox/cluster"]);
  });

  describe("state in S3", () => {
    const where = join(folder, "s3");
    const bucket = "sandbox-state";

    /** Sends a request to S3 as anybody in the account; gives the status. */
    async function s3(method: string, path: string, body?: string): Promise<number> {
      const scope = { accessKeyId: "SANDBOX", region: "us-west-2", service: "s3" };
      const { authorization = "" } = signedAs(scope, 0);
      const init = { method, headers: { authorization }, ...(body === undefined ? {} : { body }) };
      return (await fetch(`${aws.endpoint}/${path}`, init)).status;
    }

    beforeAll(async () => {
      const location = "<LocationConstraint>us-west-2</LocationConstraint>";
      const made = s3("PUT", bucket, `<CreateBucketConfiguration>${location}</CreateBucketConfiguration>`);
      expect(await made).toBe(200);
      mkdirSync(where);
      const backend = { s3: { bucket, key: "sandbox.tfstate", region: "us-west-2", use_lockfile: true } };
      const resource = { terraform_data: { this: { input: "x" } } };
      writeFileSync(join(where, "main.tf.json"), JSON.stringify({ terraform: { backend }, resource }));
      await expectExit(0, where, "init", "-backend-config=use_path_style=true");
    });

    it("is written under a lock and the lock is given back", async () => {
      await expectExit(0, where, "apply", "-auto-approve");
      expect(await s3("GET", `${bucket}/sandbox.tfstate`)).toBe(200);
      expect(await s3("GET", `${bucket}/sandbox.tfstate.tflock`)).toBe(404);
    });

    it("that somebody else has locked is refused", async () => {
      const lock = `${bucket}/sandbox.tfstate.tflock`;
      const holder = { ID: "00000000-0000-0000-0000-000000000000", Operation: "OperationTypeApply" };
      expect(await s3("PUT", lock, JSON.stringify(holder))).toBe(200);
      expect(await expectExit(1, where, "apply", "-auto-approve")).toContain("Error acquiring the state lock");
      expect(await s3("DELETE", lock)).toBe(204);
      await expectExit(0, where, "apply", "-auto-approve");
    });
  });
});

/** The environment less everything that could lead to a real account. */
function withoutAws(variables: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) =>
      value === undefined || name.startsWith("AWS_") ? [] : [[name, value]],
    ),
  );
}
