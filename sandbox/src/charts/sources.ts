import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";
import { type ChartRelease, packageName } from "./releases";
import { packageStandIn } from "./stand-in";

/**
 * Where a chart comes from in this sandbox.
 * - `folder`: the real chart, from the folder that `SANDBOX_CHARTS` names;
 * - `address`: the real chart, from its own address: the release is applied as it stands;
 * - `stand-in`: a chart of the same name and version, made here.
 */
const chartSource = z.object({ kind: z.enum(["folder", "address", "stand-in"]) });

export type ChartSource = z.infer<typeof chartSource>;

export interface ChosenChart {
  readonly release: ChartRelease;
  readonly source: ChartSource;
}

const sourcesFile = "sources.json";

/** Milliseconds for a chart's own address to answer. */
const answerTimeout = 5_000;

/**
 * Chooses where the chart of each release comes from, and puts what the sandbox has to serve into a folder.
 *
 * @param folder is made when missing
 * @param packaged folder of packaged charts, `<name>-<version>.tgz`. Default: none.
 * @throws Error when `packaged` is given and holds no chart at all
 */
export async function chooseCharts(
  releases: readonly ChartRelease[],
  folder: string,
  packaged: string | undefined,
): Promise<readonly ChosenChart[]> {
  checkFolder(packaged);
  mkdirSync(folder, { recursive: true });
  const repositories = new Map<string, Promise<boolean>>();
  const chosen = await Promise.all(
    releases.map(async (release): Promise<ChosenChart> => {
      const file = packageName(release);
      if (packaged !== undefined && existsSync(join(packaged, file))) {
        copyFileSync(join(packaged, file), join(folder, file));
        return { release, source: { kind: "folder" } };
      }
      const asked = repositories.get(release.repository) ?? answers(release.repository);
      repositories.set(release.repository, asked);
      if (await asked) {
        return { release, source: { kind: "address" } };
      }
      await packageStandIn(release, folder);
      return { release, source: { kind: "stand-in" } };
    }),
  );
  const sources = Object.fromEntries(chosen.map(({ release, source }) => [packageName(release), source]));
  writeFileSync(join(folder, sourcesFile), JSON.stringify(sources, null, 2));
  return chosen;
}

/** Whether {@link chooseCharts} left any chart at its own address; it may be writing at this moment. */
export function fetchesCharts(folder: string): boolean {
  const file = join(folder, sourcesFile);
  const address: ChartSource["kind"] = "address";
  return existsSync(file) && readFileSync(file, "utf8").includes(JSON.stringify(address));
}

/** What {@link chooseCharts} chose for these releases the last time. */
export function readCharts(releases: readonly ChartRelease[], folder: string): readonly ChosenChart[] {
  const sources = z.record(z.string(), chartSource).parse(JSON.parse(readFileSync(join(folder, sourcesFile), "utf8")));
  return releases.flatMap((release) => {
    const source = sources[packageName(release)];
    return source === undefined ? [] : [{ release, source }];
  });
}

/** The file beside a stack's JSON that holds the sandbox's one change to it: Terraform lays it over the rest. */
export const overrideFile = "chart-address_override.tf.json";

/** Writes the address of the sandbox's chart repository over that of every release whose chart it serves. */
export function overrideAddresses(charts: readonly ChosenChart[], repository: string): void {
  for (const stack of new Set(charts.map(({ release }) => release.stack))) {
    const served = charts.filter(({ release, source }) => release.stack === stack && source.kind !== "address");
    // Terraform refuses a file that speaks of resources and names none.
    if (served.length === 0) {
      continue;
    }
    const releases = served.map(({ release }) => [release.address, { repository }]);
    const override = { resource: { helm_release: Object.fromEntries(releases) } };
    writeFileSync(join(stack.folder, overrideFile), `${JSON.stringify(override, null, 2)}\n`);
  }
}

function checkFolder(packaged: string | undefined): void {
  if (
    packaged !== undefined &&
    !(existsSync(packaged) && readdirSync(packaged).some((file) => file.endsWith(".tgz")))
  ) {
    throw new Error(
      `SANDBOX_CHARTS: ${resolve(packaged)} holds no packaged chart, so it cannot be where the charts come from. ` +
        "Name a folder with files such as cert-manager-v1.21.1.tgz, or unset it.",
    );
  }
}

/** Whether a chart repository can be reached from here. A registry answers without credentials too, if only with 401. */
async function answers(repository: string): Promise<boolean> {
  const url = repository.startsWith("oci://")
    ? new URL("/v2/", repository.replace(/^oci:/, "https:"))
    : `${repository}/index.yaml`;
  return fetch(url, { method: "HEAD", signal: AbortSignal.timeout(answerTimeout) }).then(
    ({ ok, status }) => ok || status === 401,
    () => false,
  );
}
