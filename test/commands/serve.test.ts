import { createHmac } from "node:crypto";
import { EventEmitter, once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startRunTask } from "../../commands/serve/run-task";
import { TestProject } from "./test-project";

const key = "a-key-of-the-run-task";
const token = "a-token-of-the-run";

const plan = (before: object | null, after: object | null) => ({
  format_version: "1.2",
  resource_changes: [
    {
      address: "aws_eip.a",
      mode: "managed",
      type: "aws_eip",
      name: "a",
      change: { before, after, after_unknown: {} },
    },
  ],
});

/** Plans by the path that they are fetched from. */
const plans: Readonly<Record<string, unknown>> = {
  "/api/v2/plans/plan-removes/json-output": plan({ domain: "vpc" }, null),
  "/api/v2/plans/plan-tags/json-output": plan({ tags: { a: "1" } }, { tags: { a: "2" } }),
};

interface Result {
  readonly authorization: string | undefined;
  readonly type: string | undefined;
  readonly body: {
    readonly data: {
      readonly type: string;
      readonly attributes: { readonly status: string; readonly message: string };
      readonly relationships: { readonly outcomes: { readonly data: readonly { readonly attributes: object }[] } };
    };
  };
}

const called = new EventEmitter();
const addressOf = (server: Server) => `127.0.0.1:${(server.address() as AddressInfo).port}`;
let cloud: Server;
let task: Server;

beforeAll(async () => {
  // What Terraform Cloud has of a run: its plan, which it sends on for, and where the result is told.
  cloud = createServer(async (request, response) => {
    const { authorization, "content-type": type } = request.headers;
    if (request.method === "PATCH") {
      const parts: Buffer[] = [];
      for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
      called.emit("result", { authorization, type, body: JSON.parse(Buffer.concat(parts).toString()) });
      response.end();
      return;
    }
    const found = plans[request.url ?? ""];
    response.statusCode = authorization !== `Bearer ${token}` ? 401 : found === undefined ? 404 : 200;
    response.end(JSON.stringify(found ?? {}));
  });
  cloud.listen(0, "127.0.0.1");
  await once(cloud, "listening");
  const surroundings = new TestProject().surroundings();
  task = await startRunTask({ ...surroundings, host: "127.0.0.1", port: 0, key, hosts: [addressOf(cloud)] });
});

afterAll(() => {
  task.close();
  cloud.close();
});

const payload = (more: object = {}) => ({
  payload_version: 1,
  access_token: token,
  stage: "post_plan",
  is_speculative: false,
  task_result_id: "taskrs-2nH5dncYoXaMVQmJ",
  task_result_enforcement_level: "mandatory",
  task_result_callback_url: `http://${addressOf(cloud)}/api/v2/task-results/5ea8d46c/callback`,
  run_id: "run-i3Df5to9ELvibKpQ",
  workspace_name: "dev-cluster",
  organization_name: "example",
  plan_json_api_url: `http://${addressOf(cloud)}/api/v2/plans/plan-removes/json-output`,
  vcs_pull_request_url: null,
  ...more,
});

async function ask(body: unknown, signature?: string): Promise<number> {
  const text = JSON.stringify(body);
  const { status } = await fetch(`http://${addressOf(task)}/`, {
    method: "POST",
    headers: { "x-tfc-task-signature": signature ?? createHmac("sha512", key).update(text).digest("hex") },
    body: text,
  });
  return status;
}

async function resultOf(more: object): Promise<Result> {
  const result = once(called, "result");
  expect(await ask(payload(more))).toBe(200);
  const [first] = await result;
  return first;
}

describe("foundry serve run-task", () => {
  it("answers at once, fetches the plan by the run's token, and fails a plan that needs a second look", async () => {
    const { authorization, type, body } = await resultOf({});
    expect({ authorization, type }).toEqual({
      authorization: `Bearer ${token}`,
      type: "application/vnd.api+json",
    });
    expect(body.data.type).toBe("task-results");
    expect(body.data.attributes).toEqual({ status: "failed", message: "dev: 1 removed, 1 to look at" });
    expect(body.data.relationships.outcomes.data.map(({ attributes }) => attributes)).toEqual([
      expect.objectContaining({
        "outcome-id": "removal-1",
        description: expect.stringContaining("aws_eip.a is removed"),
        tags: { Status: [{ label: "To look at", level: "error" }] },
      }),
      expect.objectContaining({ "outcome-id": "review", body: expect.stringContaining("### Review of") }),
    ]);
  });

  it("passes a plan that needs none", async () => {
    const { body } = await resultOf({
      plan_json_api_url: `http://${addressOf(cloud)}/api/v2/plans/plan-tags/json-output`,
    });
    expect(body.data.attributes).toEqual({ status: "passed", message: "dev: 1 changed" });
  });

  it.each([
    ["a plan that is not there", { plan: "/api/v2/plans/none/json-output" }, "Terraform Cloud answers 404"],
    ["a workspace that is no stack", { workspace_name: "else" }, "does not say of which stack it is a plan"],
  ])(
    "fails, and says why, for %s",
    async (_name, { plan: path, ...more }: { plan?: string; workspace_name?: string }, says) => {
      const { body } = await resultOf({
        ...more,
        ...(path === undefined ? {} : { plan_json_api_url: `http://${addressOf(cloud)}${path}` }),
      });
      expect(body.data.attributes).toEqual({ status: "failed", message: expect.stringContaining(says) });
    },
  );

  it("says at a stage without a plan that there is none", async () => {
    const { body } = await resultOf({ stage: "pre_plan", plan_json_api_url: undefined });
    expect(body.data.attributes).toEqual({ status: "passed", message: expect.stringContaining("post-plan") });
  });

  it("answers the request that a set-up sends, and calls nobody", async () => {
    let told = 0;
    const count = () => {
      told += 1;
    };
    called.on("result", count);
    expect(await ask(payload({ stage: "test" }))).toBe(200);
    await resultOf({});
    called.off("result", count);
    expect(told).toBe(1);
  });

  it.each([
    ["no signature", () => ask(payload(), ""), 401],
    [
      "the signature of another key",
      () => ask(payload(), createHmac("sha512", "another").update("x").digest("hex")),
      401,
    ],
    ["another payload version", () => ask(payload({ payload_version: 2 })), 422],
    ["a plan on a host that nobody named", () => ask(payload({ plan_json_api_url: "http://169.254.169.254/" })), 422],
    [
      "a callback to a host that nobody named",
      () => ask(payload({ task_result_callback_url: "http://x.example/" })),
      422,
    ],
    ["more than a request can be", () => ask({ text: "x".repeat(2 * 1024 * 1024) }), 413],
  ])("refuses %s", async (_name, request, status) => {
    expect(await request().catch(() => 413)).toBe(status);
  });

  it.each([undefined, "short"])("does not start without a key: %s", async (given) => {
    const { code, stderr } = await new TestProject().run(["serve", "run-task"], {
      variables: given === undefined ? {} : { FOUNDRY_RUN_TASK_KEY: given },
    });
    expect(code).toBe(1);
    expect(stderr).toContain("FOUNDRY_RUN_TASK_KEY holds no key of 16 characters or more");
  });

  it("serves until it is interrupted", async () => {
    const signals = new EventEmitter();
    const running = new TestProject().run(["serve", "run-task", "--port", "0"], {
      variables: { FOUNDRY_RUN_TASK_KEY: key },
      signals,
    });
    while (signals.listenerCount("SIGINT") === 0) await new Promise((later) => setTimeout(later, 10));
    signals.emit("SIGINT");
    const { code, stderr } = await running;
    expect(code).toBe(0);
    expect(stderr).toMatch(/serves a run task at http:\/\/127\.0\.0\.1:\d+/);
  });
});
