import { formatPath, type Problem } from "../schema/problem";
import type { Releases } from "./schema";

interface Declared {
  readonly releases: Releases;
}

/** `role-arn` is the role of `credentials`, and there is none without. */
export function roleArnsHaveARole({ releases }: Declared): readonly Problem[] {
  return Object.entries(releases).flatMap(([name, { credentials, valuesFrom }]) =>
    Object.entries(valuesFrom)
      .filter(([, fact]) => fact === "role-arn" && credentials === undefined)
      .map(([place, fact]) => ({
        path: formatPath(["releases", name, "valuesFrom", place]),
        value: fact,
        rule: "the release asks for no `credentials`, so it has no role",
        remedy: 'add `credentials: { serviceAccount: "..." }` with what the role may do, or take the line out',
      })),
  );
}

/** Places under which a value is a secret by its name. */
const secretWords = /(^|[.])[^.]*(password|passwd|secretkey|accesskey|apikey|privatekey|clientsecret|token)$/i;

/** A secret among the values stands in Git, in every plan and in the state. */
export function valuesHoldNoSecrets({ releases }: Declared): readonly Problem[] {
  return Object.entries(releases).flatMap(([name, { values }]) =>
    textsIn(values, []).flatMap(({ place, text }) =>
      secretWords.test(place.join(".")) && text !== ""
        ? [
            {
              path: formatPath(["releases", name, "values", ...place]),
              value: "(not printed)",
              rule: "by its name it is a secret, and what stands here stands in Git, in every plan and in the state",
              remedy: `put it into Secrets Manager and write \`secretValues: { ${JSON.stringify(place.join("."))}: { secretArn: "..." } }\`, or name a Secret that the chart reads`,
            },
          ]
        : [],
    ),
  );
}

function textsIn(
  value: unknown,
  place: readonly string[],
): readonly { readonly place: readonly string[]; readonly text: string }[] {
  if (typeof value === "string") return [{ place, text: value }];
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([key, field]) => textsIn(field, [...place, key]));
}
