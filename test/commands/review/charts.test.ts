import { describe, expect, it } from "vitest";
import { Landscape } from "../../../commands/doors/landscape";
import { chartChanges } from "../../../commands/review/charts/chart-changes";
import { helmRenderer } from "../../../commands/review/charts/helm";
import { saysChart } from "../../../commands/review/says";
import { editable, set } from "../../support/change-stacks";
import { stacksOf } from "../../support/environments";
import { TestProject } from "../test-project";

const release = "helm_release.cert-manager";

function bumped(): { readonly before: Landscape; readonly after: Landscape } {
  const after = editable(stacksOf("dev"));
  set(after, "controllers", release, ["version"], "v9.9.9");
  return {
    before: new Landscape({ name: "dev", stacks: stacksOf("dev") }),
    after: new Landscape({ name: "dev", stacks: after }),
  };
}

const manifest = (version: string, replicas: number, more = "") => `---
# Source: cert-manager/templates/deployment.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: cert-manager
  namespace: cert-manager
  labels: { app.kubernetes.io/version: "${version}", helm.sh/chart: "cert-manager-${version}" }
spec:
  replicas: ${replicas}
---
apiVersion: v1
kind: ConfigMap
metadata: { name: same, labels: { helm.sh/chart: "cert-manager-${version}" } }
${more}`;

/** A stand-in of helm that answers by the version that it is asked for. */
function withHelm(old: string, now: string): TestProject {
  const project = new TestProject();
  project.standIn("helm", `case "$*" in *v9.9.9*) cat <<'END'\n${now}\nEND\n;; *) cat <<'END'\n${old}\nEND\n;; esac`);
  return project;
}

const changesWith = (project: TestProject) => {
  const { before, after } = bumped();
  return chartChanges(before, after, helmRenderer(project.surroundings()));
};

describe("another version of a chart", () => {
  it("is told with what it changes, labels of its version left out", () => {
    const secret = "---\napiVersion: v1\nkind: Secret\nmetadata: { name: new }\n";
    const [change] = changesWith(withHelm(manifest("1", 1), manifest("2", 3, secret)));
    expect(change && saysChart(change)).toEqual([
      "controllers: helm_release.cert-manager: cert-manager v1.21.1 -> cert-manager v9.9.9; 2 manifests differ",
      "  Deployment cert-manager/cert-manager changes",
      "    spec.replicas: 1 -> 3",
      "  Secret new is added",
    ]);
  });

  it("that renders the same says so", () => {
    const [change] = changesWith(withHelm(manifest("1", 1), manifest("2", 1)));
    expect(change && saysChart(change)).toEqual([
      expect.stringContaining("; it renders the same but for labels of its version"),
    ]);
  });

  it("is rendered by the release's own repository, values, namespace and version of Kubernetes", () => {
    const project = withHelm(manifest("1", 1), manifest("2", 1));
    changesWith(project);
    expect(project.calls).toEqual([
      expect.stringMatching(
        /^helm template cert-manager cert-manager --repo https:\/\/charts\.jetstack\.io --namespace cert-manager --values \S+ --version v1\.21\.1 --kube-version 1\.\d+ --include-crds$/,
      ),
      expect.stringContaining("--version v9.9.9"),
    ]);
  });

  it("says in a line why it is not rendered: helm fails", () => {
    const project = new TestProject();
    project.standIn("helm", 'echo "Error: looks like it cannot be reached" >&2; exit 1');
    const [change] = changesWith(project);
    expect(change && saysChart(change)).toEqual([
      expect.stringMatching(/not compared: helm could not render it \(Error: looks like it cannot be reached\)$/),
    ]);
  });

  it("says in a line why it is not rendered: there is no helm", () => {
    const { before, after } = bumped();
    const [change] = chartChanges(before, after, helmRenderer({ root: "/", variables: { PATH: "/nowhere" } }));
    expect(change && saysChart(change)).toEqual([
      expect.stringMatching(/; what it renders is not compared: no helm is on the PATH$/),
    ]);
  });

  it("is no matter of charts that stay", () => {
    const { before } = bumped();
    expect(chartChanges(before, before, helmRenderer({ root: "/", variables: {} }))).toEqual([]);
  });
});
