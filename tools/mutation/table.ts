import { percent, type Score } from "./score";

const begin = "| what | of mutants | noticed | in 100 | on |\n| --- | --- | --- | --- | --- |\n";

/** The page with one row more, or another one in its place; rows go by their names. */
export function withRow(page: string, path: string, score: Score, day: string): string {
  const [words = "", rows = ""] = page.split(begin);
  const others = rows.split("\n").filter((row) => row !== "" && !row.startsWith(`| \`${path}\` |`));
  const { noticed, missed } = score;
  const row = `| \`${path}\` | ${noticed + missed} | ${noticed} | ${percent(score)} | ${day} |`;
  return `${words}${begin}${[...others, row].sort().join("\n")}\n`;
}
