import { meant } from "../../modules/schema/meant";
import { formatPath, type Problem } from "../../modules/schema/problem";
import { guardedBy } from "../entrances";
import type { Environment } from "../environment";

export function webAclsKnown(environment: Environment): readonly Problem[] {
  const known = Object.keys(environment.webAcls);
  return guardedBy(environment).flatMap(({ path, webAcl, byArn }) => {
    if (webAcl === undefined) return [];
    const at = { path: formatPath([...path, "webAcl"]), value: webAcl };
    return [
      ...(known.includes(webAcl)
        ? []
        : [
            {
              ...at,
              rule: "it is none of the web ACLs in `webAcls`",
              remedy: meant(webAcl, known, `add \`${JSON.stringify(webAcl)}: {}\` to \`webAcls\``),
            },
          ]),
      ...(byArn
        ? [{ ...at, rule: "`webAclArn` names another, and one of the two is in front", remedy: "take one out" }]
        : []),
    ];
  });
}
