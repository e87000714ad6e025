import { randomBytes } from "node:crypto";
import { type Answer, nothing } from "./json-api";
import { found, type Organization } from "./organization";
import type { ObjectKind } from "./requests/service";

/** Bytes behind addresses that nobody can guess: states, configurations and logs. */
export class ObjectStore {
  private readonly keys = new Map<string, { readonly kind: ObjectKind; readonly id: string }>();
  private readonly known = new Map<string, string>();

  constructor(
    private readonly organization: Organization,
    private readonly address: () => string,
  ) {}

  readonly url = (kind: ObjectKind, id: string): string => {
    const name = `${kind} ${id}`;
    const key = this.known.get(name) ?? randomBytes(24).toString("hex");
    this.known.set(name, key);
    this.keys.set(key, { kind, id });
    return `${this.address()}/_objects/${key}`;
  };

  /** Undefined where the address is none of these. */
  answer(method: string, url: URL, body: Buffer): { readonly name: string; readonly answer: Answer } | undefined {
    const key = /^\/_objects\/([0-9a-f]+)$/.exec(url.pathname)?.[1];
    const object = key === undefined ? undefined : this.keys.get(key);
    if (object === undefined) return undefined;
    const { kind, id } = object;
    const name = `${method} ${kind === "log" ? "log-read-url" : `hosted ${kind}`}`;
    if (method === "PUT") {
      this.put(kind, id, body);
      return { name, answer: nothing(200) };
    }
    return { name, answer: { status: 200, bytes: this.get(kind, id, url.searchParams) } };
  }

  private put(kind: ObjectKind, id: string, body: Buffer): void {
    if (kind === "configuration") found(this.organization.configurations.get(id)).content = body;
    else if (kind === "state") this.organization.stateVersion(id).state.content = body;
    else if (kind === "json") this.organization.stateVersion(id).state.json = body;
  }

  private get(kind: ObjectKind, id: string, query: URLSearchParams): Buffer {
    switch (kind) {
      case "configuration":
        return found(this.organization.configurations.get(id)?.content);
      case "state":
        return found(this.organization.stateVersion(id).state.content);
      case "json":
        return found(this.organization.stateVersion(id).state.json);
      case "log": {
        const [offset, limit] = [Number(query.get("offset") ?? 0), Number(query.get("limit") ?? 65536)];
        return this.organization.phase(id).log.subarray(offset, offset + limit);
      }
    }
  }
}
