// A small Terraform: resources are names in a file, and what it prints with -json has the documented form
// (https://developer.hashicorp.com/terraform/internals/machine-readable-ui).
const { appendFileSync, existsSync, readFileSync, writeFileSync } = require("node:fs");
const { basename, join } = require("node:path");

/**
 * @typedef {{ readonly address: string, readonly body: Readonly<Record<string, unknown>> }} Resource
 * @typedef {{ readonly address: string, readonly action: "create" | "update" | "delete" }} Change
 * @typedef {{ readonly resources: readonly Resource[], readonly outputs: Readonly<Record<string, unknown>> }} State
 * @typedef {{ readonly fails?: string, readonly waits?: string, readonly locked?: boolean, readonly gone?: string }} Fault
 */

const folder = process.env["STAND_IN_FOLDER"] ?? "";
const args = process.argv.slice(2);
const [command = "", ...rest] = args;
const stack = basename(process.cwd());
const stateFile = (/** @type {string} */ id) => join(folder, `${id}.state`);

/** @param {string} id @returns {State | undefined} */
function stateOf(id) {
  if (!existsSync(stateFile(id))) return undefined;
  const { outputs, resources } = JSON.parse(readFileSync(stateFile(id), "utf8"));
  return { outputs, resources: resources.map(resourceOf) };
}

/** @param {{ readonly type: string, readonly name: string, readonly instances: readonly { readonly attributes: Resource["body"] }[] }} resource */
function resourceOf({ type, name, instances }) {
  return { address: `${type}.${name}`, body: instances[0]?.attributes ?? {} };
}

/** Writes it in Terraform's own form. @param {State} state */
function writeState({ outputs, resources }) {
  const written = resources.map(({ address, body }) => {
    const [type, name] = address.split(".");
    return { mode: "managed", type, name, instances: [{ attributes: body }] };
  });
  writeFileSync(stateFile(stack), JSON.stringify({ version: 4, outputs, resources: written }));
}

/** @param {string} text */
function record(text) {
  appendFileSync(join(folder, "calls"), `${text}\n`);
}

/** @param {Record<string, unknown>} message */
function say(message) {
  process.stdout.write(`${JSON.stringify({ "@level": "info", "@message": "", ...message })}\n`);
}

/** @param {string} summary @param {string} [detail] @param {string} [address] @returns {never} */
function fail(summary, detail = "", address) {
  say({ "@level": "error", type: "diagnostic", diagnostic: { severity: "error", summary, detail, address } });
  record(`${stack} ${command} failed`);
  process.exit(1);
}

/** @param {string} what @returns {Fault} */
function fault(what) {
  const file = join(folder, "faults.json");
  const faults = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  return faults[what] ?? faults[`${stack} ${what}`] ?? {};
}

const config = existsSync("cdk.tf.json") ? JSON.parse(readFileSync("cdk.tf.json", "utf8")) : {};
const declared = Object.entries(config.resource ?? {}).flatMap(([type, named]) =>
  Object.entries(named).map(([name, body]) => ({ address: `${type}.${name}`, body })),
);
const producers = Object.keys(config.data?.terraform_remote_state ?? {}).map(
  (name) => `${stack.slice(0, stack.lastIndexOf("-"))}-${name}`,
);

/** @param {boolean} all @param {readonly string[]} targets @returns {readonly Change[]} */
function changesTo(all, targets) {
  const before = stateOf(stack)?.resources ?? [];
  const after = all ? [] : declared;
  const known = new Map(before.map(({ address, body }) => [address, JSON.stringify(body)]));
  const kept = new Set(after.map(({ address }) => address));
  /** @type {Change[]} */
  const changes = [];
  for (const { address, body } of after) {
    const old = known.get(address);
    if (old === undefined) changes.push({ address, action: "create" });
    else if (old !== JSON.stringify(body)) changes.push({ address, action: "update" });
  }
  for (const { address } of before) if (!kept.has(address)) changes.push({ address, action: "delete" });
  return changes.filter(({ address }) => targets.length === 0 || targets.includes(address));
}

/** @param {readonly Change[]} changes @param {string} operation */
function summary(changes, operation) {
  const count = (/** @type {string} */ action) => changes.filter((change) => change.action === action).length;
  const counts = { add: count("create"), change: count("update"), remove: count("delete"), import: 0 };
  say({ type: "change_summary", changes: { ...counts, operation } });
}

function plan() {
  for (const producer of producers) {
    if (stateOf(producer) === undefined) fail("Unable to find remote state", `No stored state was found for ${producer}`);
  }
  const { fails, locked } = fault("plan");
  if (locked) fail("Error acquiring the state lock", "Lock Info:\n  ID:        7\n  Who:       ada@desk\n  Created:   today");
  if (fails !== undefined) fail(fails);
  const targets = rest.filter((arg) => arg.startsWith("-target=")).map((arg) => arg.slice("-target=".length));
  const changes = changesTo(false, targets);
  for (const { address, action } of changes) {
    say({ type: "planned_change", change: { resource: { addr: address }, action } });
  }
  summary(changes, "plan");
  const outputs = targets.length === 0 && JSON.stringify(config.output) !== JSON.stringify(stateOf(stack)?.outputs);
  if (outputs) say({ type: "outputs", outputs: { any: { action: "update" } } });
  const out = rest.find((arg) => arg.startsWith("-out="))?.slice("-out=".length);
  if (out !== undefined) writeFileSync(out, JSON.stringify({ changes, of: stateOf(stack), targets }));
  record(`${stack} plan${targets.length > 0 ? ` ${targets.join(" ")}` : ""}`);
  process.exit(changes.length > 0 || outputs ? 2 : 0);
}

/** @param {readonly Change[]} changes @param {boolean} [whole] */
async function change(changes, whole = true) {
  let interrupted = false;
  process.on("SIGINT", () => {
    record(`${stack} interrupted`);
    interrupted = true;
  });
  record(`${stack} ${command} begins`);
  for (const { address, action } of changes) {
    const hook = { resource: { addr: address }, action };
    const { fails, waits } = fault(address);
    if (interrupted) fail("execution halted");
    say({ type: "apply_start", hook });
    if (waits !== undefined) {
      say({ type: "apply_progress", hook: { ...hook, elapsed_seconds: 160 } });
      record(`${address} waits`);
      while (!existsSync(waits) && !interrupted) await new Promise((resolve) => setTimeout(resolve, 20));
      if (interrupted) {
        say({ type: "apply_errored", hook });
        fail("execution halted");
      }
    }
    const before = stateOf(stack) ?? { resources: [], outputs: {} };
    const old = before.resources.find((resource) => resource.address === address);
    const [of, controller] = String(old?.body["takenAwayBy"] ?? "").split(" ");
    if (action === "delete" && of !== undefined && controller !== undefined) {
      const there = stateOf(of)?.resources.some((resource) => resource.address === controller);
      if (!there) fail("context deadline exceeded", `${address} waits for its finalizer`);
    }
    if (fails !== undefined) {
      say({ type: "apply_errored", hook });
      fail(fails);
    }
    const made = declared.find((resource) => resource.address === address);
    const resources = before.resources.filter((resource) => resource.address !== address);
    if (action !== "delete" && made !== undefined) resources.push(made);
    writeState({ ...before, resources });
    say({ type: "apply_complete", hook: { ...hook, elapsed_seconds: 1 } });
    record(`${stack} ${action} ${address}`);
  }
  const { resources = [] } = stateOf(stack) ?? {};
  const outputs = whole ? (command === "destroy" ? {} : (config.output ?? {})) : (stateOf(stack)?.outputs ?? {});
  writeState({ resources, outputs });
  summary(changes, command);
  record(`${stack} ${command} ends`);
}

switch (command) {
  case "plan":
    plan();
    break;
  case "apply": {
    const saved = JSON.parse(readFileSync(rest.find((arg) => !arg.startsWith("-")) ?? "", "utf8"));
    if (JSON.stringify(saved.of) !== JSON.stringify(stateOf(stack))) fail("Saved plan is stale");
    change(saved.changes, saved.targets.length === 0);
    break;
  }
  case "destroy": {
    const { gone } = fault("destroy");
    if (gone !== undefined && !rest.includes("-refresh=false")) {
      say({ type: "apply_start", hook: { resource: { addr: "data.aws_ecr_image.shop" }, action: "read" } });
      fail("Search returned 0 results", "", gone);
    }
    change(changesTo(true, []));
    break;
  }
}
