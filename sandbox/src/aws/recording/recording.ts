import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { needsOf } from "../access/needs";
import type { Answer, Call } from "../exchange";
import { partitionOf } from "../partition";

/** Begins the product name that a run of Terraform adds to its user agent, before the id of its stack. */
export const stackProduct = "foundry-stack/";

/** Something that the run of a stack needed to be allowed. One to a line, as JSON, in the file of a recording. */
export interface RecordedNeed {
  /** Id of the stack. */
  readonly stack: string;
  readonly action: string;
  /** An ARN, or `*`; absent where it is not known what the call was about. */
  readonly resource?: string | undefined;
  /** Short texts of the request, by name: they say which resource it was about. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** Characters of a parameter that may still be a name or an ARN; documents are longer. */
const longestName = 256;

/** Keeps what the runs of Terraform needed to be allowed, each need once. */
export class Recording {
  private readonly lines: Set<string>;

  constructor(
    private readonly file: string,
    private readonly accountId: string,
  ) {
    this.lines = new Set(existsSync(file) ? readFileSync(file, "utf8").split("\n") : []);
  }

  add(call: Call, { status }: Answer): void {
    const { model, headers, scope } = call;
    const stack = new RegExp(`${stackProduct}([a-z0-9-]+)`).exec(headers["user-agent"] ?? "")?.[1];
    // What is not there when it is looked for has to be allowed as well.
    if (model === undefined || stack === undefined || (status >= 400 && status !== 404)) {
      return;
    }
    const parameters = Object.fromEntries(
      Object.entries(model.parameters).filter(
        (entry): entry is [string, string] => typeof entry[1] === "string" && entry[1].length <= longestName,
      ),
    );
    const place = { partition: partitionOf(scope.region), region: scope.region, accountId: this.accountId };
    for (const { action, resource } of needsOf(call, model, place)) {
      const line = JSON.stringify({ stack, action, resource, parameters } satisfies RecordedNeed);
      if (!this.lines.has(line)) {
        this.lines.add(line);
        appendFileSync(this.file, `${line}\n`);
      }
    }
  }
}
