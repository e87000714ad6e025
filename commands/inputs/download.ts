import { createHash } from "node:crypto";
import { parse } from "yaml";
import { z } from "zod";
import { Refusal } from "../program/errors";

/** Where the name, address and version of a chart are written. */
export const whereChartsStand = "in modules/lifecycle/components.ts, or in `releases` of the environment";

/** A chart of a few megabytes over a slow line takes less. */
const timeout = 120_000;

/**
 * What an address answers, whatever its status.
 *
 * @throws Refusal where nothing answers
 */
export async function request(address: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  try {
    return await fetch(address, { headers, signal: AbortSignal.timeout(timeout) });
  } catch (error) {
    throw new Refusal(
      `${address}: nothing answers (${reasonOf(error)}); see that this machine reaches it, and try again`,
    );
  }
}

/**
 * What an address holds.
 *
 * @throws Refusal where it does not hand it out
 */
export async function download(address: string): Promise<Buffer> {
  return contentOf(address, await request(address));
}

/** @throws Refusal where the answer is no success */
export async function contentOf(address: string, response: Response): Promise<Buffer> {
  if (!response.ok) throw refused(address, response);
  try {
    return Buffer.from(await response.arrayBuffer());
  } catch (error) {
    throw new Refusal(`${address}: the answer breaks off (${reasonOf(error)}); try again`);
  }
}

export function refused(address: string, { status, statusText }: Response): Refusal {
  const remedy =
    status === 404
      ? `correct the address or the version ${whereChartsStand}`
      : "try again later, or from a network that may read it";
  return new Refusal(`${address}: the server answers ${[status, statusText].join(" ").trim()}; ${remedy}`);
}

/**
 * Some content as the YAML or JSON that it should be.
 *
 * @param what it should be, as in "it is no …"
 * @throws Refusal where it is something else, such as the page of a proxy
 */
export function parsed<T>(address: string, content: Buffer, schema: z.ZodType<T>, what: string): T {
  const answer = schema.safeParse(documentOf(content));
  if (answer.success) return answer.data;
  const [first] = z.prettifyError(answer.error).split("\n");
  throw new Refusal(`${address}: it is no ${what} (${first}); correct the address ${whereChartsStand}`);
}

function documentOf(content: Buffer): unknown {
  try {
    // JSON is YAML too.
    return parse(content.toString("utf8"));
  } catch {
    return undefined;
  }
}

/** @throws Refusal where some content is not what was announced: half a file, or somebody else's */
export function expectDigest(address: string, content: Buffer, digest: string): void {
  const actual = createHash("sha256").update(content).digest("hex");
  if (actual === digest.replace(/^sha256:/, "")) return;
  throw new Refusal(
    `${address}: its SHA-256 is ${actual}, and ${digest} was announced; try again, and do not use it if that remains so`,
  );
}

/** The cause names what happened; fetch itself says "fetch failed". */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message || error.cause.name : error.message;
}
