import { addressOf, type Block, blocksOf, type StackJson } from "../terraform-json/environment-json";
import { listOf, objectOf, textAt } from "../terraform-json/json";
import { withCascades } from "./cascade";
import { fieldChanges } from "./fields";
import type { BlockChange, FieldChange } from "./model";
import { byText, canonical, normalised } from "./normalise";
import { replacementOf } from "./replacements";

interface Compared {
  readonly block: Block;
  readonly address: string;
}

function compared(stack: Block["stack"], json: StackJson): readonly Compared[] {
  return (["resource", "data"] as const).flatMap((mode) =>
    blocksOf(stack, json, mode).map((block) => ({ block, address: addressOf(block) })),
  );
}

/** What happens to the resources of one stack. */
export function blockChanges(stack: Block["stack"], before: StackJson, after: StackJson): readonly BlockChange[] {
  const moves = declaredMoves(after);
  const old = new Map(compared(stack, renamed(before, moves)).map((one) => [one.address, one]));
  const now = new Map(compared(stack, after).map((one) => [one.address, one]));
  const removed = [...old.values()].filter(({ address }) => !now.has(address));
  const added = [...now.values()].filter(({ address }) => !old.has(address));
  const renames = pairsOf(removed, added);
  const origins = new Map([...renames].map(([from, to]) => [to, from]));
  const movedFrom = new Map(moves.map(({ from, to }) => [to, from]));
  const changes: BlockChange[] = [];
  for (const { address, block } of now.values()) {
    const was = old.get(address);
    if (was === undefined) continue;
    const fields = fieldChanges(normalised(block.type, was.block.arguments), normalised(block.type, block.arguments));
    const from = movedFrom.get(address);
    if (fields.length === 0 && from === undefined) continue;
    const replacement = block.mode === "data" ? undefined : replacementOf(block.type, acted(block, fields));
    changes.push({
      stack,
      address,
      type: block.type,
      action: replacement !== undefined ? "replace" : from !== undefined && fields.length === 0 ? "move" : "change",
      fields,
      ...(replacement === undefined ? {} : { replacement }),
      ...(from === undefined ? {} : { from }),
    });
  }
  for (const { address, block } of removed) {
    const to = renames.get(address);
    // A rename without a `moved` block is told once, where it comes to.
    if (to !== undefined) continue;
    changes.push({ stack, address, type: block.type, action: "remove", fields: [] });
  }
  for (const { address, block } of added) {
    const from = origins.get(address);
    changes.push({
      stack,
      address,
      type: block.type,
      action: "add",
      fields: [],
      ...(from === undefined ? {} : { from }),
    });
  }
  const all = withCascades(
    changes,
    [...now.values()].map(({ block }) => block),
  );
  return [...all].sort((one, other) => byText(one.address, other.address));
}

/** Fields that Terraform acts on: not those that the block tells it to ignore. */
function acted(block: Block, fields: readonly FieldChange[]): readonly FieldChange[] {
  const ignored = listOf(objectOf(block.arguments["lifecycle"])["ignore_changes"]).map((path) =>
    String(path).replace(/\[\d+\]/g, ""),
  );
  return fields.filter(({ path }) => {
    const plain = path.replace(/\[[^\]]*\]/g, "");
    return !ignored.some((one) => one === "all" || plain === one || plain.startsWith(`${one}.`));
  });
}

interface Move {
  readonly from: string;
  readonly to: string;
}

function declaredMoves(json: StackJson): readonly Move[] {
  return listOf(json["moved"]).flatMap((move) => {
    const [from, to] = [textAt(move, "from"), textAt(move, "to")];
    return from === undefined || to === undefined ? [] : [{ from, to }];
  });
}

/** A resource's address, as expressions name it. */
const anAddress = /(?<![\w.-])[a-z]\w*\.[\w-]+/g;

/** A stack as it is once its `moved` blocks are through: addresses and what refers to them. */
function renamed(json: StackJson, moves: readonly Move[]): StackJson {
  if (moves.length === 0) return json;
  const targets = new Map(moves.map(({ from, to }) => [from, to]));
  const text = JSON.stringify(json).replaceAll(anAddress, (address) => targets.get(address) ?? address);
  const resources: Record<string, Record<string, unknown>> = {};
  const moved: StackJson = JSON.parse(text);
  for (const [type, named] of Object.entries(objectOf(moved["resource"]))) {
    for (const [name, block] of Object.entries(objectOf(named))) {
      const [toType = type, toName = name] = targets.get(`${type}.${name}`)?.split(".") ?? [];
      resources[toType] ??= {};
      resources[toType][toName] = block;
    }
  }
  return { ...moved, resource: resources };
}

/** Resources that went from one address to another without a `moved` block: the same type, and the same in AWS or Kubernetes. */
function pairsOf(removed: readonly Compared[], added: readonly Compared[]): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>();
  if (removed.length === 0 || added.length === 0) return pairs;
  const candidates = new Map<string, string[]>();
  for (const { address, block } of added) {
    if (block.mode === "data") continue;
    for (const key of likenesses(block)) {
      const addresses = candidates.get(key) ?? [];
      addresses.push(address);
      candidates.set(key, addresses);
    }
  }
  const taken = new Set<string>();
  for (const { address, block } of removed) {
    if (block.mode === "data") continue;
    const same = likenesses(block)
      .flatMap((key) => candidates.get(key) ?? [])
      .find((one) => !taken.has(one));
    if (same === undefined) continue;
    taken.add(same);
    pairs.set(address, same);
  }
  return pairs;
}

/** What two blocks of a type have in common where they are the same thing at two addresses. */
function likenesses(block: Block): readonly string[] {
  const { type, name, arguments: given } = block;
  const text = canonical(normalised(type, given)).replaceAll(`${type}.${name}`, "itself");
  const identity = identityOf(block);
  return [`${type} ${text}`, ...(identity === undefined ? [] : [`${type} named ${identity}`])];
}

/** What AWS or Kubernetes knows it by. */
function identityOf({ arguments: given }: Block): string | undefined {
  const metadata = listOf(given["metadata"])[0];
  if (metadata !== undefined) return `${textAt(metadata, "namespace")}/${textAt(metadata, "name")}`;
  const name = textAt(given, "name") ?? textAt(given, "node_group_name") ?? textAt(given, "bucket");
  return name === undefined ? undefined : `${textAt(given, "namespace") ?? ""} ${name}`;
}
