import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { freeLoopbackPorts } from "@ingress-foundry/sandbox/kubernetes/ports";
import { until } from "@ingress-foundry/sandbox/waiting";
import { describe, expect, it, onTestFinished } from "vitest";
import { type Gate, startGate } from "../src/gate";

/** A gate before a server that stands for AWS; with the calls that reached AWS. */
async function gateBefore(creations: number): Promise<{ readonly gate: Gate; readonly reached: readonly string[] }> {
  const reached: string[] = [];
  const aws = createServer(async (request, response) => {
    reached.push(`${request.method} ${request.url} ${await text(request)}`.trimEnd());
    response.writeHead(409, { "x-amzn-requestid": "r-1" }).end("<Code>Conflict</Code>");
  });
  await new Promise<void>((resolve) => {
    aws.listen(0, "127.0.0.1", resolve);
  });
  const address = aws.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const gate = await startGate(`http://127.0.0.1:${port}`, creations);
  onTestFinished(async () => {
    await gate.close();
    aws.closeAllConnections();
    aws.close();
  });
  return { gate, reached };
}

interface Call {
  readonly method: string;
  readonly path?: string;
  readonly body?: string;
  readonly target?: string;
}

const action = (name: string): Call => ({ method: "POST", body: `Action=${name}&Version=2016-11-15` });
const target = (name: string): Call => ({ method: "POST", body: "{}", target: name });

function send({ address }: Gate, { method, path = "/", body, target: operation }: Call): Promise<Response> {
  return fetch(`${address}${path}`, {
    method,
    ...(body === undefined ? {} : { body }),
    ...(operation === undefined ? {} : { headers: { "x-amz-target": operation } }),
  });
}

/** Whether the gate holds a call; one that is held ends, without an answer, with the test. */
async function isHeld(gate: Gate, call: Call): Promise<boolean> {
  const before = gate.held();
  const answer = send(gate, call).then(
    () => "answered",
    () => "ended",
  );
  const held = until("the gate holds the call or AWS answers", 30, () => gate.held() > before).then(() => "held");
  held.catch(() => undefined);
  return (await Promise.race([answer, held])) === "held";
}

describe("the gate before AWS", () => {
  it("passes on method, path and body, and gives status, headers and body back", async () => {
    const { gate, reached } = await gateBefore(1);
    const response = await send(gate, { method: "PUT", path: "/bucket/a%2Fb?x-id=PutObject", body: "state" });
    expect(reached).toEqual(["PUT /bucket/a%2Fb?x-id=PutObject state"]);
    expect([response.status, response.headers.get("x-amzn-requestid")]).toEqual([409, "r-1"]);
    expect(await response.text()).toBe("<Code>Conflict</Code>");
  });

  it("lets as many things be made as it was told, and holds the next, which never reaches AWS", async () => {
    const { gate, reached } = await gateBefore(2);
    await send(gate, action("CreateVpc"));
    await send(gate, action("CreateSubnet"));
    expect(gate.held()).toBe(0);
    expect(await isHeld(gate, action("CreateSubnet"))).toBe(true);
    expect(reached).toHaveLength(2);
  });

  it.each([
    ["of the query protocol", action("CreateSecurityGroup")],
    ["that allocates an address", action("AllocateAddress")],
    ["that runs an instance", action("RunInstances")],
    ["named in a header", target("Logs_20140328.CreateLogGroup")],
    ["of REST", { method: "POST", path: "/clusters", body: "{}" }],
  ])("holds a creation %s", async (_, call) => {
    expect(await isHeld((await gateBefore(0)).gate, call)).toBe(true);
  });

  it.each([
    ["a reading of the query protocol", action("DescribeVpcs")],
    ["a reading named in a header", target("Logs_20140328.DescribeLogGroups")],
    ["a reading of REST", { method: "GET", path: "/clusters/dev" }],
    ["a removal", { method: "DELETE", path: "/clusters/dev" }],
    ["a change", action("ModifyVpcAttribute")],
    ["a tag, which finishes what was begun", action("CreateTags")],
    ["a route, which finishes what was begun", action("CreateRoute")],
    ["a tag of REST", { method: "POST", path: "/2013-04-01/tags/hostedzone/Z1", body: "<ChangeTags/>" }],
  ])("lets %s pass after it is shut", async (_, call) => {
    const { gate, reached } = await gateBefore(0);
    expect((await send(gate, call)).status).toBe(409);
    expect(reached).toHaveLength(1);
  });

  it("holds the making of a route table, which a route is not", async () => {
    expect(await isHeld((await gateBefore(0)).gate, action("CreateRouteTable"))).toBe(true);
  });

  it("lets the call pass that has waited longest when it is told to, and no other", async () => {
    const { gate, reached } = await gateBefore(0);
    const first = send(gate, action("CreateVpc"));
    await until("the gate holds the first call", 30, () => gate.held() === 1);
    const second = expect(send(gate, action("CreateSubnet"))).rejects.toThrow();
    await until("the gate holds the second call", 30, () => gate.held() === 2);
    gate.admit();
    expect((await first).status).toBe(409);
    expect(gate.held()).toBe(1);
    expect(reached).toEqual(["POST / Action=CreateVpc&Version=2016-11-15"]);
    expect(await isHeld(gate, action("CreateVpc"))).toBe(true);
    await gate.close();
    await second;
  });

  it("ends what it holds when it is closed", async () => {
    const { gate } = await gateBefore(0);
    const held = send(gate, action("CreateVpc"));
    const ended = expect(held).rejects.toThrow();
    await until("the gate holds the call", 30, () => gate.held() === 1);
    await gate.close();
    await ended;
  });

  it("breaks the connection where AWS does not answer, so that the caller is not left waiting", async () => {
    const [closed] = await freeLoopbackPorts(1);
    const gate = await startGate(`http://127.0.0.1:${closed}`, 1);
    onTestFinished(() => gate.close());
    await expect(send(gate, action("DescribeVpcs"))).rejects.toThrow();
  });
});
