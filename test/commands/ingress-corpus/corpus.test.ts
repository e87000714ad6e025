import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";
import { convertIngresses, type NotConverted } from "../../../commands/convert/ingress";
import { formatValue } from "../../../modules/schema/problem";
import { routeSchema } from "../../../platform/doors";

const doors = ["alb", "nginx", "gateway"] as const;

/** One Ingress of the corpus with where its like stands in public. */
interface Entry {
  readonly name: string;
  readonly after: string;
  readonly text: string;
}

const corpus: readonly Entry[] = readFileSync(join(__dirname, "corpus.yaml"), "utf8")
  .split(/^---$/m)
  .slice(1)
  .map((text) => ({
    name: String(parseAllDocuments(text)[0]?.toJS().metadata.name),
    after: /# After: (.+)/.exec(text)?.[1] ?? "",
    text,
  }));

const cell = (text: string) => text.replaceAll("|", "\\|");

function lines(entry: Entry): readonly string[] {
  const rows = doors.flatMap((door) => {
    const { routes, notConverted } = convertIngresses(entry.text, door);
    const all = Object.entries(routes).flatMap(([service, list]) =>
      list.map((route) => `\`${service}\`: \`${formatValue(route)}\``),
    );
    const lost = (guards: boolean) =>
      notConverted
        .filter((one: NotConverted) => (one.guards === true) === guards)
        .map(({ what, here }) => `\`${what}\`: ${here}`)
        .join("; ");
    const found = [all.join("; ") || "none", lost(true) || "nothing", lost(false) || "nothing"];
    return `| ${[door, ...found].map(cell).join(" | ")} |`;
  });
  return [
    `## ${entry.name}`,
    "",
    `After ${entry.after}.`,
    "",
    "| door | routes | stopped callers, and is to be written | lost, or another thing here |",
    "|---|---|---|---|",
    ...rows,
    "",
  ];
}

describe("the corpus of Ingresses", () => {
  it("has thirty at least, each after one that is public", () => {
    expect(corpus.length).toBeGreaterThanOrEqual(30);
    expect(corpus.filter(({ after }) => !/^(https:\/\/|[\w-]+\/[\w.-]+ \S)/.test(after))).toEqual([]);
    expect(new Set(corpus.map(({ name }) => name)).size).toBe(corpus.length);
  });

  it("becomes what the table says, with all that was lost", async () => {
    const text = ["# What becomes of the corpus", "", ...corpus.flatMap(lines)].join("\n");
    await expect(`${text.trimEnd()}\n`).toMatchFileSnapshot("converted.md");
  });

  it.each(corpus)("loses nothing without a word: $name", ({ text }) => {
    const annotations = Object.keys(parseAllDocuments(text)[0]?.toJS().metadata.annotations ?? {});
    for (const door of doors) {
      const { routes, notConverted } = convertIngresses(text, door);
      const said = annotations.filter((name) => notConverted.some(({ what }) => what.startsWith(`${name}: `)));
      const written = JSON.stringify(routes);
      // What is not told is a field, needs none, or says nothing without the Ingress.
      const silent = annotations.filter((name) => !said.includes(name));
      const harmless = /ssl-redirect|backend-protocol|ingress\.class|tls-acme/;
      const fields = /sticky|timeoutSeconds|grpc|rewrite|inboundCidrs/;
      expect(silent.every((name) => harmless.test(name) || fields.test(written))).toBe(true);
    }
  });

  it.each(corpus)("becomes routes that an environment may have: $name", ({ text }) => {
    for (const door of doors) {
      const routes = Object.values(convertIngresses(text, door).routes).flat();
      expect(routes.filter((route) => !routeSchema.safeParse(route).success)).toEqual([]);
    }
  });

  it("tells of all that stopped callers apart from the rest", () => {
    const guarding = corpus.filter(({ text }) => /auth-(tls-secret|type|url)|source-range/.test(text));
    expect(guarding.length).toBeGreaterThan(5);
    for (const { text } of guarding) {
      const { routes, notConverted } = convertIngresses(text, "nginx");
      expect({ routes, told: notConverted.some(({ guards }) => guards === true) }).toMatchObject({ told: true });
    }
  });
});
