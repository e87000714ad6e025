#!/usr/bin/env bash
# Writes a review as a note of a merge request, and writes it anew the next time: comment-gitlab.sh <number> <file>
# Needs glab, with GITLAB_TOKEN of the scope api, node, and CI_PROJECT_ID as GitLab's runners set it.
set -euo pipefail
notes="projects/$CI_PROJECT_ID/merge_requests/$1/notes"
find='let all = ""; process.stdin.on("data", (part) => { all += part; }).on("end", () => { for (const page of all.trim().split(/\n(?=\[)|(?<=\])(?=\[)/)) for (const { id, body } of JSON.parse(page || "[]")) if (body.startsWith("<!-- foundry-review -->")) { console.log(id); return; } });'
known=$(glab api --paginate "$notes" | node -e "$find")
if [ -n "$known" ]; then
  glab api --method PUT "$notes/$known" --field "body=@$2" >/dev/null
else
  glab api --method POST "$notes" --field "body=@$2" >/dev/null
fi
