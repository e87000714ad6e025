import { Resolver } from "node:dns/promises";
import { connect } from "node:net";

/** Milliseconds that an answer may take. */
const patience = 5_000;

/** Name servers that a domain's parent leads to; empty where nobody knows the domain. */
export async function delegation(domain: string): Promise<readonly string[]> {
  const resolver = new Resolver({ timeout: patience, tries: 1 });
  return resolver.resolveNs(domain).catch(() => []);
}

/** Why a TCP connection does not come about; undefined where it does. */
export function unreachable(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: patience });
    const end = (why: string | undefined) => {
      socket.destroy();
      resolve(why);
    };
    socket.once("connect", () => end(undefined));
    socket.once("timeout", () => end(`no answer in ${patience / 1000} s`));
    socket.once("error", ({ message }) => end(message));
  });
}

/** Why an address does not answer; undefined where it does. That it wants to know who asks is an answer. */
export async function noAnswer(url: string): Promise<string | undefined> {
  try {
    const { ok, status, body } = await fetch(url, { signal: AbortSignal.timeout(patience) });
    await body?.cancel();
    return ok || status === 401 || status === 403 ? undefined : `it says ${status}`;
  } catch (error) {
    const { cause, message } = Object(error);
    return String(Object(cause).message ?? message);
  }
}
