import type { Action, RedirectActionConfig } from "@aws-sdk/client-elastic-load-balancing-v2";
import { literal, quoted } from "./conditions";

export interface Destination {
  readonly targetGroupArn: string;
  readonly weight: number;
}

/** Where an action forwards to; none where it answers by itself. */
export function destinations({ Type, TargetGroupArn, ForwardConfig }: Action): readonly Destination[] {
  if (Type !== "forward") {
    return [];
  }
  const groups = ForwardConfig?.TargetGroups ?? [];
  return groups.length === 0
    ? [{ targetGroupArn: TargetGroupArn ?? "", weight: 1 }]
    : groups.map((each) => ({ targetGroupArn: each.TargetGroupArn ?? "", weight: each.Weight ?? 1 }));
}

/** The last of a rule's actions, which answers or forwards; the others come before it. */
export function lastAction(actions: readonly Action[]): Action {
  const nothing: Action = { Type: "fixed-response" };
  return actions.toSorted((left, right) => (left.Order ?? 0) - (right.Order ?? 0)).at(-1) ?? nothing;
}

/** Actions that are not played: a request that meets one is refused, for it must not pass unchecked. */
export function unplayed(actions: readonly Action[]): readonly string[] {
  const played = ["forward", "redirect", "fixed-response"];
  return actions.flatMap(({ Type = "" }) => (played.includes(Type) ? [] : [Type]));
}

/** What HAProxy answers for an action that does not forward. */
export function answer(action: Action): string {
  if (action.RedirectConfig !== undefined) {
    return redirect(action.RedirectConfig);
  }
  const { StatusCode = "503", ContentType = "text/plain", MessageBody = "" } = action.FixedResponseConfig ?? {};
  const status = `return status ${StatusCode}`;
  return MessageBody === "" ? status : `${status} content-type ${quoted(ContentType)} string ${quoted(MessageBody)}`;
}

const placeholders: Readonly<Record<string, string>> = {
  "#{protocol}": "%[var(txn.scheme)]",
  "#{host}": "%[req.hdr(host),field(1,:)]",
  "#{port}": "%[dst_port]",
  "#{query}": "%[query]",
};

/** AWS names the port in the address always, the standard one too. */
function redirect(config: RedirectActionConfig): string {
  const {
    Protocol = "#{protocol}",
    Host = "#{host}",
    Port = "#{port}",
    Path = "/#{path}",
    Query = "#{query}",
  } = config;
  const scheme = Protocol.startsWith("#") ? Protocol : Protocol.toLowerCase();
  // The path begins with a slash here, the placeholder stands for what comes after it.
  const path = filled(Path.replaceAll("/#{path}", "#{whole}")).replaceAll("#{whole}", "%[path]");
  const query = Query === "#{query}" ? "%[var(txn.query)]" : Query === "" ? "" : `?${filled(Query)}`;
  const code = config.StatusCode === "HTTP_302" ? 302 : 301;
  return `redirect location ${quoted(`${filled(scheme)}://${filled(Host)}:${filled(Port)}${path}${query}`)} code ${code}`;
}

function filled(text: string): string {
  return Object.entries(placeholders).reduce(
    (result, [placeholder, expression]) => result.replaceAll(placeholder, expression),
    literal(text),
  );
}
