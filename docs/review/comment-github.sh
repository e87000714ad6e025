#!/usr/bin/env bash
# Writes a review as a comment of a pull request, and writes it anew the next time: comment-github.sh <number> <file>
# Needs gh, with GH_TOKEN, and GITHUB_REPOSITORY as Actions sets it.
set -euo pipefail
comments="repos/$GITHUB_REPOSITORY/issues/$1/comments"
known=$(gh api --paginate "$comments" --jq '.[] | select(.body | startswith("<!-- foundry-review -->")) | .id' | head -n 1)
if [ -n "$known" ]; then
  gh api --silent --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$known" --field "body=@$2"
else
  gh api --silent --method POST "$comments" --field "body=@$2"
fi
