import type { Change } from "../drawing/drawing";
import { svg } from "../drawing/svg";
import { drawingOfEnvironment } from "../graph/environment-drawing";
import { printJson } from "../program/print";
import type { Surroundings } from "../program/surroundings";
import type { EnvironmentJson } from "../terraform-json/environment-json";
import { helmRenderer } from "./charts/helm";
import { reviewJson } from "./json";
import { markdown } from "./markdown";
import type { Action, EnvironmentReview } from "./model";
import { page } from "./page/page";
import { reviewOf } from "./review";
import { sarif } from "./sarif";
import { exitCodeOf } from "./says";
import { printReview as printText } from "./text";

export type Form = "text" | "markdown" | "json" | "sarif" | "html";

/** Two versions of environments. */
export interface Compared {
  readonly before: readonly EnvironmentJson[];
  readonly after: readonly EnvironmentJson[];
  readonly labels: { readonly before: string; readonly after: string };
}

/** Prints a review; returns its exit code. */
export async function printReview(
  { output, today, root, variables }: Pick<Surroundings, "output" | "today" | "root" | "variables">,
  { before, after, labels }: Compared,
  form: Form,
): Promise<number> {
  const review = await reviewOf(before, after, { ...labels, today, render: helmRenderer({ root, variables }) });
  switch (form) {
    case "text":
      printText(output, review);
      break;
    case "markdown":
      output.write(markdown(review));
      break;
    case "json":
      printJson(output, reviewJson(review));
      break;
    case "sarif":
      printJson(output, sarif(review));
      break;
    case "html":
      output.write(page(review, picturesOf(review.environments, after)));
      break;
  }
  return exitCodeOf(review);
}

const colourOf: Readonly<Record<Action, Change>> = {
  add: "added",
  remove: "removed",
  change: "changed",
  replace: "changed",
  move: "changed",
};

/** A picture of each environment as it is after the change, with what is new or different outlined. */
function picturesOf(
  reviews: readonly EnvironmentReview[],
  after: readonly EnvironmentJson[],
): ReadonlyMap<string, string> {
  return new Map(
    after.map((environment) => {
      const review = reviews.find((one) => one.environment === environment.name);
      const changes = new Map<string, Change>([
        ...(review?.changes ?? []).map(
          ({ stack, address, action }) => [`${stack}: ${address}`, colourOf[action]] as const,
        ),
        ...(review?.ways ?? []).map(({ id, action }) => [`way ${id}`, colourOf[action]] as const),
      ]);
      const drawing = drawingOfEnvironment(environment, changes);
      return [environment.name, svg(drawing, { prefix: `${environment.name}-`, role: "group" })] as const;
    }),
  );
}
