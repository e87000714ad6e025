import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { policies } from "../../../commands/review/policies/policies";

/** Ids that a tool knows, from a file whose first line says which commit they are of. */
function known(file: string): ReadonlySet<string> {
  const [, ...lines] = readFileSync(join(__dirname, "names", `${file}.txt`), "utf8").split("\n");
  return new Set(lines.flatMap((line) => line.split(" ")).filter((id) => id !== ""));
}

const named = policies.flatMap(({ id, names }) =>
  [
    ...(names.checkov ?? []).map((name) => ["checkov", name] as const),
    ...(names.trivy ?? []).map((name) => ["trivy", name] as const),
    ...(names.cisEks === undefined ? [] : [["cis-eks", names.cisEks] as const]),
  ].map(([list, name]) => ({ id, list, name })),
);

describe("a name that others have for a policy", () => {
  const lists = new Map(["checkov", "trivy", "cis-eks"].map((list) => [list, known(list)]));

  it.each(["checkov", "trivy", "cis-eks"])("is looked for in a whole list of %s", (list) => {
    expect(lists.get(list)?.size).toBeGreaterThan(list === "cis-eks" ? 40 : 200);
  });

  it("is one that its source has", () => {
    const unknown = named.filter(({ list, name }) => lists.get(list)?.has(name) !== true);
    expect(unknown).toEqual([]);
  });

  it("is there for each policy, by one of them at least", () => {
    expect(policies.filter(({ names }) => Object.keys(names).length === 0)).toEqual([]);
  });

  it("of Security Hub is a service and a number", () => {
    const controls = policies.flatMap(({ names }) => names.securityHub ?? []);
    expect(controls.filter((control) => !/^[A-Z][A-Za-z0-9]+\.\d+$/.test(control))).toEqual([]);
  });
});
