import { request as overHttp } from "node:http";
import { request as overTls } from "node:https";

/**
 * Asks for one URL at an address again and again, each time by a connection of its own, until it is told to end; then it prints how many
 * requests there were and what became of those that were not answered with 200.
 *
 * request-load.ts URL ADDRESS RATE
 */
const [written = "", hostname = "", rate = "50"] = process.argv.slice(2);
const { protocol, hostname: servername, host, port, pathname: path } = new URL(written);
const request = protocol === "https:" ? overTls : overHttp;
const lost = new Map<string, number>();
let sent = 0;
let open = 0;

function lose(reason: string): void {
  lost.set(reason, (lost.get(reason) ?? 0) + 1);
}

function ask(): void {
  sent += 1;
  open += 1;
  const asked = request(
    { hostname, servername, port, path, headers: { host }, agent: false, timeout: 10_000 },
    (response) => {
      response.resume();
      if (response.statusCode !== 200) {
        lose(String(response.statusCode));
      }
    },
  );
  asked.on("timeout", () => asked.destroy(new Error("no answer")));
  asked.on("error", (error) => lose("code" in error ? String(error.code) : error.message));
  asked.on("close", () => {
    open -= 1;
  });
  asked.end();
}

const asking = setInterval(ask, 1000 / Number(rate));
process.on("SIGTERM", () => {
  clearInterval(asking);
  const ending = setInterval(() => {
    if (open === 0) {
      clearInterval(ending);
      process.stdout.write(JSON.stringify({ sent, lost: Object.fromEntries(lost) }));
      process.exit(0);
    }
  }, 50);
});
