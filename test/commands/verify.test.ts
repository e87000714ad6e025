import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ChartPackages } from "../../commands/inputs/chart-packages";
import { verdictOn } from "../../commands/verify/signature";
import { type ChartSignature, signatures } from "../../modules/lifecycle/signatures";
import type { EnvironmentInput } from "../../platform/environment";
import { minimal } from "../support/minimal";
import { ChartServer, packaged, sha256 } from "./chart-server";
import { TestProject } from "./test-project";

const identity = "https://github.com/example/keda/.github/workflows/release.yml@refs/heads/main";
const issuer = "https://token.actions.githubusercontent.com";
const key = "0123456789ABCDEF0123456789ABCDEF01234567";

describe("foundry verify", () => {
  let server: ChartServer;
  let content: Buffer;
  let repository: string;

  beforeEach(async () => {
    server = new ChartServer();
    await server.start();
    content = await packaged("keda", { "Chart.yaml": "name: keda\n" });
    repository = server.registered("team/charts", "keda", "2.18.1", content);
  });
  afterEach(() => server.stop());

  type Chart = NonNullable<EnvironmentInput["releases"]>[string]["chart"];

  function projectWith(chart: Partial<Chart> = {}): TestProject {
    const { certManager: _, awsLoadBalancerController: __, ...controllers } = minimal().controllers ?? {};
    const keda = { chart: { repository, name: "keda", version: "2.18.1", ...chart } };
    return new TestProject([{ ...minimal("dev"), controllers, workloads: {}, releases: { keda } }]);
  }

  it("prints which package a chart is, and the line that would pin it", async () => {
    const { code, stdout } = await projectWith().run(["verify", "dev"]);
    expect(stdout).toBe(
      [
        `keda (releases.keda) 2.18.1 of ${repository}`,
        `  package    sha256:${sha256(content)}; releases.keda.chart.digest would pin it`,
        "  signature  unknown: nothing says how it is signed; `signature` of the release's `chart` would\n",
      ].join("\n"),
    );
    expect(code).toBe(0);
  });

  it("says where it was looked for in vain how a publisher signs, and does not say that none is made", async () => {
    const { emissary } = signatures;
    const chart = { title: "keda", chart: "keda", version: "2.18.1", repository, path: "", digest: undefined };
    const verdict = await verdictOn(
      new TestProject().surroundings(),
      new ChartPackages(),
      { ...chart, signature: emissary },
      content,
    );
    expect(verdict).toEqual({ kind: "unknown", source: emissary.source });
  });

  it("takes the package that is pinned, and fails at another one", async () => {
    const digest = `sha256:${sha256(content)}`;
    expect(await projectWith({ digest }).run(["verify", "dev"])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`${digest}, as releases.keda.chart.digest says`),
    });
    const other = await projectWith({ digest: `sha256:${"0".repeat(64)}` }).run(["verify", "dev"]);
    expect(other.code).toBe(1);
    expect(other.stdout).toContain("releases.keda.chart.digest says another; do not apply it");
  });

  it("holds the package of a mirror to the same digest", async () => {
    const mirror = server.repository("/mirror", { keda: { "2.18.1": content } });
    const digest = `sha256:${sha256(content)}`;
    const keda = { chart: { repository: "https://charts.example.com", name: "keda", version: "2.18.1", digest } };
    const project = new TestProject([
      { ...minimal("dev"), controllers: {}, workloads: {}, charts: { mirror }, releases: { keda } },
    ]);
    const { code, stdout } = await project.run(["verify", "dev", "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({
      environment: "dev",
      charts: [{ repository: mirror, digest, pinned: "as pinned", signature: { kind: "unknown" } }],
    });
    expect(code).toBe(0);
  });

  it("fails where a chart cannot be had", async () => {
    const { code, stdout } = await projectWith({ version: "9.9.9" }).run(["verify", "dev"]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/signature {2}not checked: .*manifests\/9\.9\.9: the server answers 404/);
  });

  describe("a signature in a registry", () => {
    const signed = { signature: { kind: "cosign", identity, issuer } } as const;

    it("is verified by cosign, of the very manifest that has the package", async () => {
      const project = projectWith(signed);
      project.standIn("cosign");
      const { code, stdout } = await project.run(["verify", "dev"]);
      expect(stdout).toContain(`signature  verified: ${identity}`);
      expect(project.calls).toEqual([
        expect.stringMatching(
          new RegExp(
            `^cosign verify --certificate-identity ${identity} --certificate-oidc-issuer ${issuer} ` +
              `${server.host}/team/charts/keda@sha256:[0-9a-f]{64}$`,
          ),
        ),
      ]);
      expect(code).toBe(0);
    });

    it("that cosign refuses fails, with the last that cosign said", async () => {
      const project = projectWith(signed);
      project.standIn("cosign", "echo 'Error: no matching signatures: none of the expected identities' >&2; exit 10");
      const { code, stdout } = await project.run(["verify", "dev"]);
      expect(stdout).toContain("signature  wrong: Error: no matching signatures: none of the expected identities");
      expect(code).toBe(1);
    });

    it("is not passed over where cosign is missing", async () => {
      const { code, stdout } = await projectWith(signed).run(["verify", "dev"]);
      expect(stdout).toContain(
        "signature  not checked: it is signed, and cosign, which verifies that, is not on the PATH",
      );
      expect(code).toBe(1);
    });

    it("is of no use to another package in a repository", async () => {
      const other = await packaged("keda", { "Chart.yaml": "name: other\n" });
      const project = projectWith();
      project.standIn("cosign");
      const verdict = await verdictOn(
        project.surroundings(),
        new ChartPackages(),
        chartOf(server.repository("/charts", { keda: { "2.18.1": other } }), {
          ...signed.signature,
          registry: repository,
        }),
        other,
      );
      expect(verdict).toMatchObject({ kind: "wrong", why: expect.stringContaining("is another package") });
      expect(project.calls).toEqual([]);
    });
  });

  describe("a provenance file", () => {
    const chartIn = (repositoryOfIt: string) =>
      chartOf(repositoryOfIt, { kind: "helm", keyring: `http://${server.host}/keyring.gpg`, fingerprint: key });

    async function verdict(project: TestProject) {
      const address = server.repository("/charts", { keda: { "2.18.1": content } });
      server.at("/charts/packages/keda-2.18.1.tgz.prov", { body: "signed" });
      server.at("/keyring.gpg", { body: "keys" });
      return verdictOn(project.surroundings(), new ChartPackages(), chartIn(address), content);
    }

    it("is verified by helm, beside the package, with the publisher's keyring", async () => {
      const project = projectWith();
      project.standIn(
        "helm",
        `test "$(cat "$4.prov")" = signed && test "$(cat "$3")" = keys && echo "Using Key With Fingerprint: ${key}"`,
      );
      expect(await verdict(project)).toEqual({ kind: "verified", by: `key ${key}` });
      expect(project.calls).toEqual([
        expect.stringMatching(/^helm verify --keyring \S+keyring\.gpg \S+keda-2\.18\.1\.tgz$/),
      ]);
    });

    it("by another key than the publisher's is wrong, whatever the keyring holds", async () => {
      const project = projectWith();
      project.standIn("helm", `echo "Using Key With Fingerprint: ${"F".repeat(40)}"`);
      expect(await verdict(project)).toMatchObject({
        kind: "wrong",
        why: expect.stringContaining(`publisher's is ${key}`),
      });
    });

    it("that helm refuses is wrong, and that nobody can check is not checked", async () => {
      const project = projectWith();
      expect(await verdict(project)).toMatchObject({ kind: "not checked", why: expect.stringContaining("helm") });
      project.standIn("helm", "echo 'Error: openpgp: signature made by unknown entity' >&2; exit 1");
      expect(await verdict(project)).toEqual({
        kind: "wrong",
        why: "Error: openpgp: signature made by unknown entity",
      });
    });

    it("that a registry does not have is wrong", async () => {
      const verdictOfIt = verdictOn(projectWith().surroundings(), new ChartPackages(), chartIn(repository), content);
      expect(await verdictOfIt).toMatchObject({ kind: "wrong", why: expect.stringContaining("no provenance file") });
    });
  });
});

function chartOf(repository: string, signature: ChartSignature) {
  return {
    ...{ title: "keda", chart: "keda", version: "2.18.1", repository, digest: undefined, signature },
    path: "releases.keda.chart.digest",
  };
}
