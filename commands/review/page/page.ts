import { escaped } from "../../drawing/svg";
import type { Review } from "../model";
import { attentionOf } from "../model";
import { summaryOf } from "../says";
import { script } from "./script";
import { environmentSections, withMostHidden } from "./sections";
import { styles } from "./styles";

/** A review as one page that needs nothing else: pictures, tables that can be searched, links to every line. */
export function page(review: Review, pictures: ReadonlyMap<string, string>): string {
  const attention = attentionOf(review);
  const title = `Review of ${review.after} against ${review.before}`;
  const tabs = review.environments
    .map(
      (one) =>
        `<li><a href="#${escaped(one.environment)}">${escaped(one.environment)}</a> <span>${escaped(summaryOf(one))}</span></li>`,
    )
    .join("");
  const urgent = attention.map(
    ({ concern, environment, says, place }, index) =>
      `<tr id="look-${index + 1}" data-row><td><a href="#look-${index + 1}"><code class="key">${concern}</code></a></td><td>${escaped(environment)}</td><td>${linked(says)}${place === undefined ? "" : `<br><code>${escaped(place)}</code>`}</td></tr>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:">
<title>${escaped(title)}</title>
<link rel="icon" href="data:,">
<style>${styles}</style>
</head>
<body>
<a class="skip" href="#content">To the content</a>
<header>
<h1>${escaped(title)}</h1>
<search><label for="filter">Filter every table</label><input id="filter" type="search" autocomplete="off" spellcheck="false" placeholder="subnet, iam:, way-opened"> <span id="shown" role="status"></span></search>
</header>
<nav aria-label="Environments"><ul>${tabs}</ul></nav>
<main id="content" tabindex="-1">
<section aria-labelledby="look">
<h2 id="look"><a href="#look">To look at (${attention.length})</a></h2>
${attention.length === 0 ? "<p>Nothing that needs a second look was found.</p>" : `<div class="scroll" tabindex="0" role="region" aria-label="Table of what to look at"><table><thead><tr><th scope="col">Concern</th><th scope="col">Environment</th><th scope="col">What</th></tr></thead><tbody>${withMostHidden(urgent).join("\n")}</tbody></table></div>`}
</section>
${review.environments.map((one) => environmentSections(one, pictures.get(one.environment))).join("\n")}
</main>
<script>${script}</script>
</body>
</html>
`;
}

/** A text whose sources in brackets are links, for their addresses are longer than what they stand for. */
function linked(text: string): string {
  return escaped(text).replace(/\((https:\/\/[^\s()]+)\)/g, '(<a href="$1">source</a>)');
}
