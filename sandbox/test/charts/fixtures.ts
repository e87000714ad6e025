import { mkdtempSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type ChartRelease, packageName } from "../../src/charts/releases";
import { freeLoopbackPorts } from "../../src/kubernetes/ports";
import type { SynthesizedStack } from "../../src/synthesized";
import { stackOf, temporaryFolder } from "../fixtures";

/** A release of `<chart>` 1.2.3, by default from a repository that does not answer. */
export async function releaseOf(chart: string, props: Partial<ChartRelease> = {}): Promise<ChartRelease> {
  const { stack = stackOf("dev-controllers"), repository = await closedAddress() } = props;
  return { address: chart.replaceAll("-", "_"), chart, version: "1.2.3", ...props, stack, repository };
}

/** A stack with a folder of its own. */
export function stackWithFolder(id: string): SynthesizedStack {
  return stackOf(id, { folder: mkdtempSync(join(temporaryFolder(), id)) });
}

/** An address of this machine on which nothing listens. */
export async function closedAddress(): Promise<string> {
  const [port] = await freeLoopbackPorts(1);
  return `http://127.0.0.1:${port}`;
}

/** A repository that answers everything with one status; with what was asked of it. */
export async function repositoryAnswering(status: number): Promise<{ address: string; asked: readonly string[] }> {
  const asked: string[] = [];
  const server: Server = createServer(({ method, url }, response) => {
    asked.push(`${method} ${url}`);
    response.writeHead(status).end();
  });
  const [port] = await freeLoopbackPorts(1);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { address: `http://127.0.0.1:${port}`, asked };
}

/** A folder of packaged charts; each holds nothing but these bytes. */
export function packagedCharts(releases: readonly ChartRelease[], bytes: string): string {
  const folder = temporaryFolder();
  for (const release of releases) {
    writeFileSync(join(folder, packageName(release)), bytes);
  }
  return folder;
}
