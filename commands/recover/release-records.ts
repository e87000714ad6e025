import { join } from "node:path";
import { type ReleaseRecord, readRecords, recordColumns } from "../../modules/kubernetes/helm-releases";
import type { Environment } from "../../platform/environment";
import { runProgram } from "../program/child";
import { Refusal } from "../program/errors";
import type { Surroundings } from "../program/surroundings";

/** Helm's records in one cluster. */
export class ReleaseRecords {
  private constructor(
    private readonly surroundings: Surroundings,
    /** Arguments that lead kubectl to the cluster. */
    private readonly access: readonly string[],
  ) {}

  /**
   * @param context of the kubeconfig; undefined asks AWS where the cluster is
   * @param folder for a kubeconfig of this environment alone
   */
  static of(
    surroundings: Surroundings,
    { aws, cluster }: Environment,
    context: string | undefined,
    folder: string,
  ): ReleaseRecords {
    if (context !== undefined) return new ReleaseRecords(surroundings, ["--context", context]);
    const kubeconfig = join(folder, "kubeconfig");
    const role = aws.assumeRole?.roleArn;
    output(surroundings, "aws", [
      ...["eks", "update-kubeconfig", "--name", cluster.name, "--region", aws.region, "--kubeconfig", kubeconfig],
      // One role for asking AWS where the cluster is, one for signing in to it.
      ...(role === undefined ? [] : ["--assume-role-arn", role, "--role-arn", role]),
    ]);
    return new ReleaseRecords(surroundings, ["--kubeconfig", kubeconfig]);
  }

  all(): readonly ReleaseRecord[] {
    return readRecords(
      output(this.surroundings, "kubectl", [
        ...this.access,
        ...["get", "secrets", "--all-namespaces", "--selector", "owner=helm", "--no-headers"],
        ...["--field-selector", "type=helm.sh/release.v1", "--output", `custom-columns=${recordColumns}`],
      ]),
    );
  }

  /** Removes a record only while it is still what was judged; false where somebody went on with it meanwhile. */
  remove({ namespace, name, revision, status }: ReleaseRecord): boolean {
    const selector = `owner=helm,name=${name},version=${revision},status=${status}`;
    return output(this.surroundings, "kubectl", [
      ...this.access,
      ...["delete", "secrets", "--namespace", namespace, "--selector", selector],
    ]).includes("deleted");
  }
}

/** @throws Refusal with what the program printed */
function output(surroundings: Surroundings, program: string, args: readonly string[]): string {
  const { status, stdout, stderr } = runProgram(surroundings, program, args);
  if (status !== 0) throw new Refusal(`${program} ${args.join(" ")} ended with ${status}:\n${stderr.trim()}`);
  return stdout;
}
