import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { type Component, components } from "../../modules/lifecycle/components";
import { defaultKubernetesVersion } from "../../modules/lifecycle/kubernetes-versions";
import type { Ended } from "../program/child";
import { Refusal } from "../program/errors";
import { Charts, definitionTexts, isPublished, originOf, valuesOf } from "./charts";
import { type DefinitionSource, definitionSources } from "./definition-sources";
import { bareDefinitions } from "./definitions";
import { download } from "./download";
import { definitionsFile, valuesFile } from "./inputs-folder";

export interface FetchInputsOptions {
  /** Where files are written; see `inputsFolder`. */
  readonly folder: string;
  /** Runs Helm, which alone can render definitions that a chart keeps among its templates. */
  readonly helm: (args: readonly string[]) => Ended;
  /** Called with the path of each file that was written. */
  readonly onFile?: (file: string) => void;
  /** Default: everything that the project installs. */
  readonly charts?: Readonly<Record<string, Component>>;
  /** Default: all definitions that the project reads. */
  readonly definitions?: readonly DefinitionSource[];
}

/** Files that could not be had, for one reason. */
export interface Missing {
  readonly files: readonly string[];
  /** A sentence that says where, what and what to do. */
  readonly reason: string;
}

/** One file of the inputs' folder and how its text is had. */
interface Input {
  readonly file: string;
  readonly text: () => Promise<string>;
}

/**
 * Fetches the default values of every chart, and definitions of custom resources, each from its own address in the
 * table of components. One that cannot be had keeps no other back; returns those.
 */
export async function fetchInputs(options: FetchInputsOptions): Promise<readonly Missing[]> {
  const { folder, onFile } = options;
  const scratch = mkdtempSync(join(tmpdir(), "inputs-"));
  const missing = new Map<string, string[]>();
  try {
    await Promise.all(
      inputsOf(options, new Charts(scratch)).map(async ({ file, text }) => {
        try {
          writeInput(join(folder, file), await text());
          onFile?.(file);
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
          missing.set(error.message, [...(missing.get(error.message) ?? []), file]);
        }
      }),
    );
    return [...missing].map(([reason, files]) => ({ files: files.sort(), reason }));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function inputsOf(
  { charts: table = components, definitions = definitionSources, helm }: FetchInputsOptions,
  charts: Charts,
) {
  const values = Object.values(table)
    .filter(isPublished)
    .map(
      (component): Input => ({
        file: valuesFile(component),
        text: async () => `# From ${originOf(component)}.\n${valuesOf(await charts.get(component))}`,
      }),
    );
  const crds = definitions.flatMap((source): readonly Input[] => {
    const component = table[source.component];
    if (component === undefined) return [];
    const file = definitionsFile(source.name, component.version);
    return [{ file, text: () => definitionsOf(source, component, charts, helm) }];
  });
  return [...values, ...crds];
}

async function definitionsOf(
  source: DefinitionSource,
  component: Component,
  charts: Charts,
  helm: FetchInputsOptions["helm"],
): Promise<string> {
  switch (source.kind) {
    case "folder":
      return bareDefinitions(definitionTexts(await charts.get(component)), originOf(component));
    case "templates": {
      const { archive } = await charts.get(component);
      return bareDefinitions([rendered(archive, source.values, helm)], originOf(component));
    }
    case "address": {
      const address = source.address(component.version);
      return bareDefinitions([(await download(address)).toString("utf8")], address);
    }
  }
}

function rendered(archive: string, values: readonly string[], helm: FetchInputsOptions["helm"]): string {
  const set = values.flatMap((value) => ["--set", value]);
  // Without a cluster Helm assumes one of its own age, which a chart may refuse.
  const { status, stdout, stderr } = helm([
    ...["template", "inputs", archive, "--include-crds", "--kube-version", `${defaultKubernetesVersion}.0`],
    ...set,
  ]);
  if (status !== 0)
    throw new Refusal(`helm could not render ${basename(archive)}: ${stderr.trim().split("\n").at(-1)}`);
  return stdout;
}

/** Writes a file as a whole, and removes those of other versions: of two that define a kind only one can be right. */
function writeInput(path: string, text: string): void {
  const folder = dirname(path);
  mkdirSync(folder, { recursive: true });
  const unfinished = join(folder, `.${basename(path)}.${process.pid}`);
  writeFileSync(unfinished, text);
  renameSync(unfinished, path);
  for (const file of readdirSync(folder)) {
    if (file !== basename(path) && withoutVersion(file) === withoutVersion(basename(path))) rmSync(join(folder, file));
  }
}

function withoutVersion(file: string): string {
  return file.replace(/-v?\d+\.\d+\.\d+[^/]*?(?=\.values\.yaml$|\.yaml$)/, "");
}
