import { clashes } from "../../modules/schema/clashes";
import { type FileProblem, formatPath } from "../../modules/schema/problem";
import type { ParsedFile } from "./rule";

/** A name that counts in a whole account or region, and where an environment uses it. */
interface SharedName {
  readonly file: string;
  readonly path: readonly PropertyKey[];
  readonly value: string;
  readonly what: string;
  readonly where: string;
}

function sharedNames({ file, environment }: ParsedFile): readonly SharedName[] {
  const { aws, cluster, identity, registry } = environment;
  const region = `the account ${aws.accountId} in ${aws.region}`;
  const account = `the account ${aws.accountId}`;
  const names = (path: readonly string[], values: object, what: string, where: string) =>
    Object.keys(values).map((value) => ({ file, path: [...path, value], value, what, where }));
  return [
    { file, path: ["cluster", "name"], value: cluster.name, what: "EKS cluster", where: region },
    ...names(["registry", "repositories"], registry.repositories, "ECR repository", region),
    ...names(["identity", "kube2iamRoles"], identity.kube2iamRoles, "IAM role", account),
    ...names(["identity", "users"], identity.users, "IAM user", account),
  ];
}

/** Two environments that would make one thing twice: the second apply fails, or takes it from the first. */
export function environmentsUnique(files: readonly ParsedFile[]): readonly FileProblem[] {
  return clashes(
    files.flatMap(sharedNames),
    ({ what, value, where }) => `${what} ${value} ${where}`,
    ({ file, path, value, what, where }, first) => ({
      file,
      problem: {
        path: formatPath(path),
        value,
        rule: `${first.file} makes this ${what} too, and ${where} holds one of a name`,
        remedy: "give one of them another name, or one environment another account or region",
      },
    }),
  );
}
