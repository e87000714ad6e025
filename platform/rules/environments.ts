import { clashes } from "../../modules/schema/clashes";
import type { NameInAws } from "../../modules/schema/name-in-aws";
import { type FileProblem, formatPath } from "../../modules/schema/problem";
import type { Environment } from "../environment";
import { namesInAws } from "../names-in-aws";
import type { ParsedFile } from "./rule";

interface PlacedName extends NameInAws {
  readonly file: string;
  readonly aws: Environment["aws"];
}

/** Where a name counts, as a reader calls it; two names clash where it is the same. */
function place({ within, aws }: PlacedName): string {
  if (within === "world") return "all of AWS";
  if (within === "account") return `the account ${aws.accountId}`;
  if (within === "region") return `the account ${aws.accountId} in ${aws.region}`;
  return "zone" in within ? `the zone ${within.zone}` : `the VPC ${within.network}`;
}

function renaming({ file, within }: PlacedName, first: PlacedName): string {
  const rename = "give one of them another name";
  return file === first.file || typeof within === "object" ? rename : `${rename}, or one environment another account`;
}

/** What would be made twice, in one environment or in two: the second apply fails, or takes it from the first. */
export function namesInAwsUnique(files: readonly ParsedFile[]): readonly FileProblem[] {
  const found = clashes(
    files.flatMap(({ file, environment }): readonly PlacedName[] =>
      namesInAws(environment).map((name) => ({ ...name, file, aws: environment.aws })),
    ),
    (name) => `${name.what} ${name.foldsCase ? name.name.toLowerCase() : name.name} ${place(name)}`,
    (name, first) => {
      const { file, path, what } = name;
      const folded = name.name === first.name ? "" : `, and ${first.name} is the same to IAM`;
      return {
        file,
        problem: {
          path: formatPath(path),
          value: name.name,
          rule: `${file === first.file ? `\`${formatPath(first.path)}\`` : first.file} makes this ${what} too${folded}; ${place(name)} holds one of a name`,
          remedy: name.remedy ?? renaming(name, first),
        },
      };
    },
  );
  // A custom domain and its record have one place in the file.
  return found.filter(
    ({ file, problem }, index) =>
      found.findIndex((other) => other.file === file && other.problem.path === problem.path) === index,
  );
}
