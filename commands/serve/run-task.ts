import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";
import { printLine } from "../program/print";
import type { Surroundings } from "../program/surroundings";
import { type Answer, reviewedPlan } from "./reviewed-plan";

export interface RunTaskOptions extends Pick<Surroundings, "errors" | "root" | "variables" | "signals" | "today"> {
  readonly host: string;
  readonly port: number;
  /** The HMAC key of the run task. */
  readonly key: string;
  /** Hosts, with their port where it is not the usual one, that the token is sent to. */
  readonly hosts: readonly string[];
}

/** Requests are a few kilobytes long. */
const longestRequest = 1024 * 1024;

/** Terraform Cloud takes a task for failed after ten minutes. */
const longestFetch = 120_000;

/** Source: Terraform Cloud's "Run Tasks Integration API", payload version 1. */
const request = z.object({
  payload_version: z.literal(1),
  stage: z.string(),
  access_token: z.string(),
  task_result_callback_url: z.url(),
  workspace_name: z.string(),
  plan_json_api_url: z.url().optional(),
});
type RunTask = z.output<typeof request>;

/** Serves until it is interrupted. */
export async function serveRunTask(options: RunTaskOptions): Promise<void> {
  const server = await startRunTask(options);
  const { address, port } = server.address() as AddressInfo;
  printLine(options.errors, `foundry: serves a run task at http://${address}:${port}; Ctrl-C ends it`);
  await new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"]) options.signals.on(signal, () => resolve());
  });
  server.closeAllConnections();
  await new Promise<void>((closed) => server.close(() => closed()));
}

/** Listens; a plan is reviewed after its request was answered, as Terraform Cloud wants it. */
export async function startRunTask(options: RunTaskOptions): Promise<Server> {
  const server = createServer(async (incoming, response) => {
    const end = (status: number, says: string) => response.writeHead(status).end(`${says}\n`);
    if (incoming.method !== "POST") return end(405, "a run task is asked with POST");
    const body = await bodyOf(incoming).catch(() => undefined);
    if (body === undefined) return end(413, "the request is too long");
    if (!signed(body, incoming.headers["x-tfc-task-signature"], options.key)) {
      return end(401, "the signature is not that of the run task's key");
    }
    const { data: task } = request.safeParse(parsed(body));
    if (task === undefined) return end(422, "it is no request of a run task, payload version 1");
    const strange = [task.task_result_callback_url, task.plan_json_api_url].find(
      (url) => url !== undefined && !options.hosts.includes(new URL(url).host),
    );
    if (strange !== undefined) return end(422, `${new URL(strange).host} is no host that --tfc names`);
    end(200, "it is looked at");
    // What Terraform Cloud sends where a task is set up; nobody waits for its answer.
    if (task.stage !== "test") void answer(task, options);
    return response;
  });
  await new Promise<void>((listening, failed) => {
    server.once("error", failed).listen(options.port, options.host, listening);
  });
  return server;
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of incoming as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > longestRequest) throw new Error("too long");
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function signed(body: Buffer, signature: string | readonly string[] | undefined, key: string): boolean {
  const expected = createHmac("sha512", key).update(body).digest();
  const given = Buffer.from(typeof signature === "string" ? signature : "", "hex");
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}

async function answer(task: RunTask, options: RunTaskOptions): Promise<void> {
  try {
    await callBack(task, await answerTo(task, options));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    printLine(options.errors, `foundry: ${task.workspace_name} got no answer: ${why}`);
  }
}

async function answerTo(task: RunTask, options: RunTaskOptions): Promise<Answer> {
  if (task.stage !== "post_plan" || task.plan_json_api_url === undefined) {
    return { status: "passed", message: "There is no plan at this stage; set the task to post-plan.", outcomes: [] };
  }
  try {
    const response = await fetch(task.plan_json_api_url, {
      headers: { authorization: `Bearer ${task.access_token}` },
      signal: AbortSignal.timeout(longestFetch),
    });
    if (!response.ok) throw new Error(`Terraform Cloud answers ${response.status} where the plan should be`);
    return await reviewedPlan(task.workspace_name, await response.text(), options);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { status: "failed", message: `The plan could not be reviewed: ${why}.`.slice(0, 500), outcomes: [] };
  }
}

async function callBack(task: RunTask, { status, message, outcomes }: Answer): Promise<void> {
  const response = await fetch(task.task_result_callback_url, {
    method: "PATCH",
    headers: {
      authorization: `Bearer ${task.access_token}`,
      "content-type": "application/vnd.api+json",
    },
    body: JSON.stringify({
      data: {
        type: "task-results",
        attributes: { status, message },
        relationships: {
          outcomes: {
            data: outcomes.map(({ id, description, body, level }) => ({
              type: "task-result-outcomes",
              attributes: {
                "outcome-id": id,
                description,
                body,
                tags: { Status: [{ label: level === "error" ? "To look at" : "Told", level }] },
              },
            })),
          },
        },
      },
    }),
    signal: AbortSignal.timeout(longestFetch),
  });
  if (!response.ok) throw new Error(`Terraform Cloud answers ${response.status} to the result`);
}
