import type { Reply } from "@ingress-foundry/sandbox/traffic/try/curl";

/** What came back, in a line. */
export function replyText(reply: Reply): string {
  return reply.kind === "answer"
    ? `${reply.status} ${reply.location || reply.body.split("\n")[0] || ""}`.trim()
    : reply.reason;
}
