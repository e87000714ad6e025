import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import type { Answer, Call } from "../exchange";

/** Begins the product name that a run of Terraform adds to its user agent, before the id of its stack. */
export const stackProduct = "foundry-stack/";

const recordedCall = z.object({
  /** Id of the stack whose run called. */
  stack: z.string(),
  /** botocore's name of the service. */
  service: z.string(),
  operation: z.string(),
  method: z.string(),
  path: z.string(),
  /** Short texts of the request, by name: enough to say which resource it was about. */
  parameters: z.record(z.string(), z.string()),
});

/** A call of Terraform's that was answered. */
export type RecordedCall = z.infer<typeof recordedCall>;

/** Characters of a parameter that may still be a name or an ARN; documents are longer. */
const longestName = 256;

/** Keeps which calls the runs of Terraform made, each once. */
export class Recording {
  private readonly lines: Set<string>;

  constructor(private readonly file: string) {
    this.lines = new Set(existsSync(file) ? readFileSync(file, "utf8").split("\n") : []);
  }

  add({ model, method, path, headers }: Call, { status }: Answer): void {
    const stack = new RegExp(`${stackProduct}([a-z0-9-]+)`).exec(headers["user-agent"] ?? "")?.[1];
    if (model === undefined || stack === undefined || status >= 400) {
      return;
    }
    const parameters = Object.fromEntries(
      Object.entries(model.parameters).filter(
        (entry): entry is [string, string] => typeof entry[1] === "string" && entry[1].length <= longestName,
      ),
    );
    const { service, operation } = model;
    const line = JSON.stringify({ stack, service, operation, method, path, parameters } satisfies RecordedCall);
    if (!this.lines.has(line)) {
      this.lines.add(line);
      appendFileSync(this.file, `${line}\n`);
    }
  }
}

/** The calls of a recording; none where there is no such file. */
export function recordedCalls(file: string): readonly RecordedCall[] {
  const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
  return lines.filter((line) => line !== "").map((line) => recordedCall.parse(JSON.parse(line)));
}
