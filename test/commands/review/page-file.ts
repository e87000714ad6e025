import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { printReview } from "../../../commands/review/print-review";
import { editable } from "../../support/change-stacks";
import { stacksOf, today } from "../../support/environments";
import { preparedChanges } from "./changes";

/** Address of the page of a review in which many things of dev and prod differ. */
export async function pageFile(label = "the environment files"): Promise<string> {
  const compared = ["dev", "prod"].map((name) => {
    const after = editable(stacksOf(name));
    for (const { environment, make, name: change } of preparedChanges) {
      const gone = /gone|everything|renamed|given back|network policy|door is added|image is newer|Service changes/;
      if (environment === name && !gone.test(change)) make(after);
    }
    return { before: { name, stacks: stacksOf(name) }, after: { name, stacks: after } };
  });
  let text = "";
  const output = {
    write: (part: string) => {
      text += part;
    },
    columns: undefined,
    colour: false,
  };
  const before = compared.map((one) => one.before);
  const after = compared.map((one) => one.after);
  await printReview(
    { output, today, root: tmpdir(), variables: {} },
    { before, after, labels: { before: "main", after: label } },
    "html",
  );
  const file = join(mkdtempSync(join(tmpdir(), "page-")), "review.html");
  writeFileSync(file, text);
  return pathToFileURL(file).href;
}
