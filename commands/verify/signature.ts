import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ChartSignature } from "../../modules/lifecycle/signatures";
import type { UsedChart } from "../../platform/charts";
import { type ChartPackages, digestOf, isRegistry } from "../inputs/chart-packages";
import { download } from "../inputs/download";
import { askProgram, type Ended } from "../program/child";
import { Refusal } from "../program/errors";
import type { Surroundings } from "../program/surroundings";

/** What became of a chart's signature. */
export type Verdict =
  | { readonly kind: "verified"; readonly by: string }
  | { readonly kind: "wrong"; readonly why: string }
  | { readonly kind: "not checked"; readonly why: string }
  | { readonly kind: "none"; readonly source: string }
  /** With where somebody looked in vain, where somebody did. */
  | { readonly kind: "unknown"; readonly source?: string };

type Of<Kind> = Extract<ChartSignature, { readonly kind: Kind }>;

/**
 * Has the signature of a chart's package verified by the program that is made for it.
 *
 * @throws Refusal where what is needed for it cannot be fetched
 */
export async function verdictOn(
  surroundings: Surroundings,
  packages: ChartPackages,
  chart: UsedChart,
  content: Buffer,
): Promise<Verdict> {
  const { signature } = chart;
  switch (signature?.kind) {
    case undefined:
      return { kind: "unknown" };
    case "none":
    case "unknown":
      return { kind: signature.kind, source: signature.source };
    case "cosign":
      return byCosign(surroundings, packages, chart, signature, content);
    case "helm":
      return byHelm(surroundings, packages, chart, signature, content);
  }
}

/** cosign verifies what a registry has under a digest; that this is the package at hand is up to us. */
async function byCosign(
  surroundings: Surroundings,
  packages: ChartPackages,
  chart: UsedChart,
  { identity, issuer, registry }: Of<"cosign">,
  content: Buffer,
): Promise<Verdict> {
  const repository = isRegistry(chart.repository) ? chart.repository : registry;
  if (repository === undefined) {
    return { kind: "not checked", why: "cosign verifies in a registry, and `registry` of its `signature` names none" };
  }
  const { reference, packageDigest } = await packages.registered({ ...chart, repository });
  if (packageDigest !== digestOf(content)) {
    return { kind: "wrong", why: `what is signed as ${reference} is another package, ${packageDigest}` };
  }
  const args = ["verify", "--certificate-identity", identity, "--certificate-oidc-issuer", issuer, reference];
  const ended = await started(surroundings, "cosign", args);
  if (ended === undefined) return missing("cosign");
  return ended.status === 0 ? { kind: "verified", by: identity } : { kind: "wrong", why: lastLine(ended.stderr) };
}

async function byHelm(
  surroundings: Surroundings,
  packages: ChartPackages,
  chart: UsedChart,
  { keyring, fingerprint }: Of<"helm">,
  content: Buffer,
): Promise<Verdict> {
  const provenance = await packages.provenance(chart);
  if (provenance === undefined) {
    return { kind: "wrong", why: `its publisher signs it, and ${chart.repository} has no provenance file of it` };
  }
  const folder = mkdtempSync(join(tmpdir(), "verify-"));
  try {
    // Helm finds the provenance by the name of the package, which the provenance names too.
    const file = join(folder, `${chart.chart}-${chart.version}.tgz`);
    writeFileSync(file, content);
    writeFileSync(`${file}.prov`, provenance);
    writeFileSync(join(folder, "keyring.gpg"), await download(keyring));
    const args = ["verify", "--keyring", join(folder, "keyring.gpg"), file];
    const ended = await started(surroundings, "helm", args);
    if (ended === undefined) return missing("helm");
    if (ended.status !== 0) return { kind: "wrong", why: lastLine(ended.stderr) };
    const used = /^Using Key With Fingerprint: *([0-9A-F]+)/m.exec(ended.stdout + ended.stderr)?.[1];
    return used === fingerprint
      ? { kind: "verified", by: `key ${fingerprint}` }
      : {
          kind: "wrong",
          why: `it is signed with the key ${used ?? "of nobody"}, and the publisher's is ${fingerprint}`,
        };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** How a program ended; undefined where it is not there. */
async function started(
  surroundings: Surroundings,
  program: string,
  args: readonly string[],
): Promise<Ended | undefined> {
  try {
    return await askProgram(surroundings, program, args);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

const missing = (program: string): Verdict => ({
  kind: "not checked",
  why: `it is signed, and ${program}, which verifies that, is not on the PATH; install it`,
});

const lastLine = (text: string) => text.trim().split("\n").at(-1) ?? "";
