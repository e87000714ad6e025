import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import type { SandboxFolder } from "../../folder";
import { signersFile } from "../api-gateway/api-gateway";
import { onTheInternet, trusting } from "../inside";
import { systemEnvironment } from "../run";
import type { DoorRequest, Expectation, Signer } from "./requests";

/** What came back of a request. */
export type Reply =
  | { readonly kind: "answer"; readonly status: number; readonly location: string; readonly body: string }
  /** curl's own words. */
  | { readonly kind: "failure"; readonly code: number; readonly reason: string };

/** Seconds until a request that nobody answers is given up. */
const patience = 5;

/** curl's exit code when the time is over. */
const timedOut = 28;

/** curl's exit code when a certificate is not to be trusted, or not of the name that was asked. */
const distrusted = 60;

const signersSchema = z.record(z.string(), z.record(z.string(), z.string()));

/** Arguments of curl, as a person would type them: with the names of variables in the place of secrets. */
export function curlArguments(request: DoorRequest): readonly string[] {
  return argumentsWith(request, {
    AWS_ACCESS_KEY_ID: "$AWS_ACCESS_KEY_ID",
    AWS_SECRET_ACCESS_KEY: "$AWS_SECRET_ACCESS_KEY",
  });
}

function argumentsWith(
  { url, connectTo, insecure, signer }: DoorRequest,
  credentials: Readonly<Record<string, string>>,
): readonly string[] {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = credentials;
  const signing =
    signer === undefined
      ? []
      : [
          ...["--aws-sigv4", `aws:amz:${signer.region}:execute-api`],
          ...["--user", `${AWS_ACCESS_KEY_ID}:${AWS_SECRET_ACCESS_KEY}`],
          ...(AWS_SESSION_TOKEN === undefined ? [] : ["--header", `x-amz-security-token: ${AWS_SESSION_TOKEN}`]),
        ];
  return [
    ...(connectTo === undefined ? [] : ["--connect-to", connectTo]),
    ...(insecure === true ? ["--insecure"] : []),
    ...signing,
    url,
  ];
}

/** Makes a request as a client on the internet. */
export async function curl(folder: SandboxFolder, request: DoorRequest): Promise<Reply> {
  const args = argumentsWith(request, request.signer === undefined ? {} : credentialsOf(folder, request.signer));
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

/** @throws Error when nobody has credentials of that principal */
function credentialsOf(folder: SandboxFolder, { principalArn }: Signer): Readonly<Record<string, string>> {
  const signers = signersSchema.parse(JSON.parse(readFileSync(signersFile(join(folder.root, "traffic")), "utf8")));
  const credentials = signers[principalArn];
  if (credentials === undefined) {
    throw new Error(`the sandbox has no credentials of ${principalArn}, whom the API's policy names`);
  }
  return credentials;
}

/** Whether a reply is what the door's configuration promises. */
export function meets(expected: Expectation, reply: Reply): boolean {
  switch (expected.kind) {
    case "answer":
      return reply.kind === "answer" && reply.status >= 200 && reply.status < 300;
    case "reached":
      return reply.kind === "answer" && reply.status < 500 && reply.status !== 403;
    case "redirect":
      return reply.kind === "answer" && reply.status >= 300 && reply.status < 400 && reply.location !== "";
    case "status":
      return reply.kind === "answer" && reply.status === expected.status;
    case "silence":
      return reply.kind === "failure" && reply.code === timedOut;
    case "distrust":
      return reply.kind === "failure" && reply.code === distrusted;
    default:
      return unknownExpectation(expected);
  }
}

function unknownExpectation(expected: never): never {
  throw new Error(`nothing is known of ${JSON.stringify(expected)}`);
}
