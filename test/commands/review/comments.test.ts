import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { marker } from "../../../commands/review/markdown";
import { TestProject } from "../test-project";

const scripts = join(__dirname, "..", "..", "..", "docs", "review");

/** Runs a script with a stand-in of the client that answers the list of comments. */
function comment(client: string, list: string, variables: Readonly<Record<string, string>>): readonly string[] {
  const project = new TestProject();
  project.standIn(client, `case "$*" in *--paginate*) cat <<'END'\n${list}\nEND\n;; esac`);
  const review = join(project.root, "review.md");
  writeFileSync(review, `${marker}\nnothing\n`);
  const { PATH } = project.surroundings().variables;
  const { status, stderr } = spawnSync(
    join(scripts, `comment-${client === "gh" ? "github" : "gitlab"}.sh`),
    ["7", review],
    {
      encoding: "utf8",
      env: { PATH: `${PATH}:${join(process.execPath, "..")}`, ...variables },
    },
  );
  expect(stderr).toBe("");
  expect(status).toBe(0);
  return project.calls.slice(-1).map((call) => call.replace(review, "<file>"));
}

describe("the comment of a review", () => {
  const github = { GITHUB_REPOSITORY: "example/shop" };
  const gitlab = { CI_PROJECT_ID: "12" };
  const notes = JSON.stringify([
    { id: 1, body: "looks good" },
    { id: 2, body: `${marker}\nbefore` },
  ]);

  it("is added in GitHub where there is none", () => {
    expect(comment("gh", "", github)).toEqual([
      "gh api --silent --method POST repos/example/shop/issues/7/comments --field body=@<file>",
    ]);
  });

  it("is written anew in GitHub where there is one", () => {
    expect(comment("gh", "4711", github)).toEqual([
      "gh api --silent --method PATCH repos/example/shop/issues/comments/4711 --field body=@<file>",
    ]);
  });

  it("is added in GitLab where there is none", () => {
    expect(comment("glab", "[]", gitlab)).toEqual([
      "glab api --method POST projects/12/merge_requests/7/notes --field body=@<file>",
    ]);
  });

  it.each([notes, `[]\n${notes}`, `[]${notes}`])("is written anew in GitLab where a page has one: %s", (pages) => {
    expect(comment("glab", pages, gitlab)).toEqual([
      "glab api --method PUT projects/12/merge_requests/7/notes/2 --field body=@<file>",
    ]);
  });
});
