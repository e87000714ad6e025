import { terraformMessages } from "@ingress-foundry/sandbox/terraform-messages";

/** How far an apply came, by the messages that it printed. */
export interface ApplyProgress {
  /** Id of each resource that was made, by its address; empty where it has none. */
  readonly made: ReadonlyMap<string, string>;
  /** Addresses of what was begun and not finished. */
  readonly unfinished: readonly string[];
}

export function applyProgress(log: string): ApplyProgress {
  const made = new Map<string, string>();
  const unfinished = new Set<string>();
  for (const message of terraformMessages(log)) {
    if (message.type === "apply_start" && message.hook.action === "create") {
      unfinished.add(message.hook.resource.addr);
    } else if (message.type === "apply_complete" && message.hook.action === "create") {
      unfinished.delete(message.hook.resource.addr);
      made.set(message.hook.resource.addr, message.hook.id_value ?? "");
    }
  }
  return { made, unfinished: [...unfinished] };
}
