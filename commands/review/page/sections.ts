import { escaped } from "../../drawing/svg";
import type { EnvironmentReview } from "../model";
import { saysAction, saysChart, saysContract, saysGrant, saysTotal, saysWaiver, summaryOf } from "../says";
import { short } from "../security/protection";
import { shownRows } from "./script";

/** Longest value in a cell, in characters; the JSON has it whole. */
const longest = 400;

/** Rows from which on a table is closed at first, and its columns have fixed widths: a browser lays it out at once. */
const many = 200;

/** Everything of one environment: its picture, and a table a part. */
export function environmentSections(review: EnvironmentReview, picture: string | undefined): string {
  const name = escaped(review.environment);
  return `<section class="environment" aria-labelledby="${name}">
<h2 id="${name}"><a href="#${name}">${name}</a></h2>
<p>${escaped(summaryOf(review))}</p>
${picture === undefined ? "" : `<details open><summary>Picture</summary><div class="scroll picture" tabindex="0" role="region" aria-label="Picture of ${name}">${picture}</div><p class="legend"><span class="added">added</span> <span class="changed">changed</span> <span class="removed">removed or shut</span></p></details>`}
${ways(review)}
${permissions(review)}
${resources(review)}
${list(
  review,
  "contracts",
  "Contracts",
  review.contract.map((one) => escaped(saysContract(one))),
)}
${list(
  review,
  "settings",
  "Settings",
  review.settings.map(
    ({ stack, path, before, after }) => `${escaped(stack)}: <code>${escaped(path)}</code> ${values(before, after)}`,
  ),
)}
${list(
  review,
  "charts",
  "Charts",
  review.charts.map((one) => saysChart(one).map(escaped).join("<br>")),
)}
${policies(review)}
${list(
  review,
  "waivers",
  "Waivers",
  review.waivers.map((one) => escaped(saysWaiver(one))),
)}
${bill(review)}
</section>`;
}

function table(
  review: EnvironmentReview,
  part: string,
  title: string,
  head: readonly string[],
  rows: readonly string[],
): string {
  if (rows.length === 0) return "";
  const id = `${review.environment}/${part}`;
  return `<details id="${escaped(id)}"${rows.length <= many ? " open" : ""}><summary>${title} (${rows.length})</summary>
<div class="scroll" tabindex="0" role="region" aria-label="${escaped(`${title} of ${review.environment}`)}"><table${rows.length > many ? ' class="long"' : ""}><thead><tr>${head.map((cell) => `<th scope="col">${cell}</th>`).join("")}</tr></thead><tbody>
${withMostHidden(rows).join("\n")}
</tbody></table></div></details>`;
}

/** Rows past those that a browser lays out at once; the page's script shows them where a filter or a link asks. */
export function withMostHidden(rows: readonly string[]): readonly string[] {
  return rows.map((row, index) => (index < shownRows ? row : row.replace("<tr ", "<tr hidden ")));
}

function ways(review: EnvironmentReview): string {
  const rows = review.ways.map(({ id, action, before = [], after = [] }) => {
    const key = escaped(`${review.environment}/way/${id}`);
    const lines = [
      ...before.filter((line) => !after.includes(line)).map((line) => `<del>${escaped(line)}</del>`),
      ...after.filter((line) => !before.includes(line)).map((line) => `<ins>${escaped(line)}</ins>`),
    ];
    return `<tr id="${key}" data-row class="${action}"><td><a href="#${key}">${escaped(id)}</a></td><td>${action}</td><td>${lines.join("<br>")}</td></tr>`;
  });
  return table(review, "ways", "Ways in", ["Way", "What happens", "How"], rows);
}

function permissions(review: EnvironmentReview): string {
  const rows = [
    ...review.gained.map(
      (grant) => `<tr data-row class="add"><td>gained</td><td>${escaped(saysGrant(grant))}</td></tr>`,
    ),
    ...review.lost.map(
      (grant) => `<tr data-row class="remove"><td>lost</td><td>${escaped(saysGrant(grant))}</td></tr>`,
    ),
  ];
  return table(review, "permissions", "Permissions", ["Gained or lost", "Statement"], rows);
}

function resources(review: EnvironmentReview): string {
  const rows = review.changes.map((change) => {
    const id = escaped(`${review.environment}/${change.stack}/${change.address}`);
    const fields = change.fields.map(
      ({ path, before, after }) => `<li><code>${escaped(path)}</code> ${values(before, after)}</li>`,
    );
    const loses = change.replacement === undefined ? "" : `<p>It loses ${escaped(change.replacement.loses)}.</p>`;
    return `<tr id="${id}" data-row class="${change.action}"><td><a href="#${id}">${escaped(change.stack)}: <wbr>${escaped(change.address)}</a></td><td>${escaped(saysAction(change))}${loses}</td><td>${fields.length === 0 ? "" : `<ul>${fields.join("")}</ul>`}</td></tr>`;
  });
  return table(review, "resources", "Resources", ["Resource", "What happens", "Fields"], rows);
}

function values(before: unknown, after: unknown): string {
  return `<del>${escaped(short(before, longest))}</del> <ins>${escaped(short(after, longest))}</ins>`;
}

function list(review: EnvironmentReview, part: string, title: string, items: readonly string[]): string {
  return table(
    review,
    part,
    title,
    ["What"],
    items.map((item) => `<tr data-row><td>${item}</td></tr>`),
  );
}

/** What stands is listed too: it is what there is to mend. */
function policies(review: EnvironmentReview): string {
  const words = { broken: "broken now", kept: "kept now", stands: "broken as before" } as const;
  const classes = { broken: "remove", kept: "add", stands: "" } as const;
  const rows = review.policies.map(
    ({ policy, place, action, waivedUntil }) =>
      `<tr data-row class="${classes[action]}"><td>${escaped(policy)}</td><td>${words[action]}${waivedUntil === undefined ? "" : `, waived until ${waivedUntil}`}</td><td><code>${escaped(place)}</code></td></tr>`,
  );
  return table(review, "policies", "Policies", ["Policy", "What happens", "Where"], rows);
}

function bill(review: EnvironmentReview): string {
  const rows = review.bill.map(
    ({ what, before, after, price }) =>
      `<tr data-row${before === after ? "" : ' class="change"'}><td>${escaped(what)}</td><td>${before}</td><td>${after}</td><td>${price === undefined ? "no price with a source" : `${price.usd} USD ${price.per === "hour" ? "an hour" : "a month"}, ${price.asOf}, <a href="${escaped(price.source)}">source</a>`}</td></tr>`,
  );
  const total = saysTotal(review.bill).map((line) => `<p>${escaped(line)}</p>`);
  return `${table(review, "bill", "What is billed", ["What", "Before", "After", "One costs"], rows)}${rows.length === 0 ? "" : total.join("")}`;
}
