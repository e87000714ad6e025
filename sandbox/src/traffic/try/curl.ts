import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { SandboxFolder } from "../../folder";
import { onTheInternet, trusting } from "../inside";
import { systemEnvironment } from "../run";
import type { DoorRequest, Expectation } from "./requests";

/** What came back of a request. */
export type Reply =
  | { readonly kind: "answer"; readonly status: number; readonly location: string; readonly body: string }
  /** curl's own words. */
  | { readonly kind: "failure"; readonly code: number; readonly reason: string };

/** Seconds until a request that nobody answers is given up. */
const patience = 5;

/** curl's exit code when the time is over. */
const timedOut = 28;

/** Arguments of curl, as a person would type them. */
export function curlArguments({ url, connectTo }: DoorRequest): readonly string[] {
  return [...(connectTo === undefined ? [] : ["--connect-to", connectTo]), url];
}

/** Makes a request as a client on the internet. */
export async function curl(folder: SandboxFolder, args: readonly string[]): Promise<Reply> {
  const format = "\n%{http_code} %{redirect_url}";
  const [program, all] = onTheInternet(folder, "curl", [
    ...["--silent", "--show-error", "--max-time", String(patience), "--write-out", format],
    ...args,
  ]);
  try {
    const { stdout } = await promisify(execFile)(program, all, {
      env: { ...systemEnvironment(), ...trusting(folder) },
    });
    const at = stdout.lastIndexOf("\n");
    const [status = "", location = ""] = stdout.slice(at + 1).split(" ");
    return { kind: "answer", status: Number(status), location, body: stdout.slice(0, at).trimEnd() };
  } catch (error) {
    if (error instanceof Error && "code" in error && "stderr" in error && typeof error.code === "number") {
      return { kind: "failure", code: error.code, reason: String(error.stderr).trim() };
    }
    throw error;
  }
}

/** Whether a reply is what the door's configuration promises. */
export function meets(expected: Expectation, reply: Reply): boolean {
  switch (expected.kind) {
    case "answer":
      return reply.kind === "answer" && reply.status >= 200 && reply.status < 300;
    case "redirect":
      return reply.kind === "answer" && reply.status >= 300 && reply.status < 400 && reply.location !== "";
    case "status":
      return reply.kind === "answer" && reply.status === expected.status;
    case "silence":
      return reply.kind === "failure" && reply.code === timedOut;
    default:
      return unknownExpectation(expected);
  }
}

function unknownExpectation(expected: never): never {
  throw new Error(`nothing is known of ${JSON.stringify(expected)}`);
}
