import { connect } from "node:net";
import { text } from "node:stream/consumers";

/** Health of a backend's server, as HAProxy says it. */
export interface ServerHealth {
  readonly backend: string;
  readonly server: string;
  readonly isUp: boolean;
}

/** Asks a running HAProxy something on its socket. */
export async function askHaproxy(socketPath: string, command: string): Promise<string> {
  const socket = connect(socketPath);
  socket.end(`${command}\n`);
  return text(socket);
}

/** Servers in the answer to `show stat`; the proxies' own lines are left out. */
export function serverHealth(csv: string): readonly ServerHealth[] {
  const [header = "", ...lines] = csv.trim().split("\n");
  const columns = header.replace(/^# /, "").split(",");
  const at = (name: string) => columns.indexOf(name);
  return lines.flatMap((line) => {
    const fields = line.split(",");
    const server = fields[at("svname")] ?? "";
    return ["FRONTEND", "BACKEND"].includes(server)
      ? []
      : [{ backend: fields[at("pxname")] ?? "", server, isUp: /^UP/.test(fields[at("status")] ?? "") }];
  });
}
