import type { EnvironmentReview, Review } from "./model";
import { attentionOf, isEmpty } from "./model";
import {
  saysAction,
  saysBillChange,
  saysChart,
  saysContract,
  saysField,
  saysGrant,
  saysPolicies,
  saysWaiver,
  summaryOf,
} from "./says";

/** By which a comment is found again and written anew. */
export const marker = "<!-- foundry-review -->";

/** Longest comment that GitHub takes, in characters. Source: its API answers "Body is too long (maximum is 65536 characters)". */
const longestComment = 65_536;

/** A review as a comment on a pull request: short first, details folded; what does not fit is said. */
export function markdown(review: Review, limit = longestComment): string {
  const attention = attentionOf(review);
  const head = [
    marker,
    `### Review of ${code(review.after)} against ${code(review.before)}`,
    "",
    ...review.environments.map((one) => `- **${one.environment}**: ${summaryOf(one)}`),
    "",
    ...(attention.length === 0
      ? ["Nothing that needs a second look was found."]
      : [
          `**To look at (${attention.length})**`,
          "",
          ...attention
            .slice(0, 30)
            .map(({ environment, concern, says }) => `- ${code(concern)} ${environment}: ${escaped(says)}`),
          ...(attention.length > 30 ? [`- and ${attention.length - 30} more, below`] : []),
        ]),
    "",
  ].join("\n");
  const details = review.environments.filter((one) => !isEmpty(one)).flatMap(sections);
  const left = `\nSome details are left out: a comment has at most ${limit} characters. \`foundry review\` prints them.\n`;
  let text = head;
  for (const [index, one] of details.entries()) {
    const room = limit - (index === details.length - 1 ? 0 : left.length);
    if (text.length + one.length > room) return `${text.slice(0, limit - left.length)}${left}`;
    text += one;
  }
  return text;
}

function sections(review: EnvironmentReview): readonly string[] {
  const fold = (title: string, lines: readonly string[]) =>
    lines.length === 0
      ? []
      : [
          `\n<details><summary>${review.environment}: ${title} (${lines.length})</summary>\n\n${atMost(lines).join("\n")}\n\n</details>\n`,
        ];
  return [
    ...fold(
      "to look at",
      review.attention.map(({ concern, says }) => `- ${code(concern)} ${escaped(says)}`),
    ),
    ...fold(
      "ways in",
      review.ways.map(({ id, action, before = [], after = [] }) => {
        const lines = [
          ...before.filter((line) => !after.includes(line)).map((line) => `- ${line}`),
          ...after.filter((line) => !before.includes(line)).map((line) => `+ ${line}`),
        ];
        return `${code(id)} ${action === "add" ? "is new" : action === "remove" ? "is gone" : "changes"}\n${diff(lines)}`;
      }),
    ),
    ...fold(
      "permissions",
      [
        diff([
          ...review.gained.map((one) => `+ ${saysGrant(one)}`),
          ...review.lost.map((one) => `- ${saysGrant(one)}`),
        ]),
      ].filter((text) => text !== ""),
    ),
    ...fold(
      "resources",
      review.changes.map(
        (change) =>
          `- ${code(`${change.stack}: ${change.address}`)} ${escaped(saysAction(change))}${change.fields.map((field) => `\n  - ${code(saysField(field))}`).join("")}`,
      ),
    ),
    ...fold(
      "charts",
      review.charts.map((one) => `\n\`\`\`text\n${saysChart(one).join("\n").replaceAll("```", "'''")}\n\`\`\`\n`),
    ),
    ...fold("policies", saysPolicies(review.policies).length === 0 ? [] : [diff(saysPolicies(review.policies))]),
    ...fold(
      "waivers",
      review.waivers.map((one) => `- ${escaped(saysWaiver(one))}`),
    ),
    ...fold(
      "contracts",
      review.contract.map((one) => `- ${escaped(saysContract(one))}`),
    ),
    ...fold(
      "settings",
      review.settings.map((one) => `- ${one.stack}: ${code(saysField(one))}`),
    ),
    ...fold(
      "what is billed",
      saysBillChange(review.bill).map((line) => `- ${line}`),
    ),
  ];
}

/** Lines of a part: a part of thousands would leave no room for the others. */
const longestPart = 100;

function atMost(lines: readonly string[]): readonly string[] {
  if (lines.length <= longestPart) return lines;
  return [...lines.slice(0, longestPart), `- and ${lines.length - longestPart} more; \`foundry review\` prints them`];
}

function diff(lines: readonly string[]): string {
  return lines.length === 0
    ? ""
    : `\n\`\`\`diff\n${atMost(lines)
        .map((line) => line.replaceAll("```", "'''"))
        .join("\n")}\n\`\`\`\n`;
}

function code(text: string): string {
  return text.includes("`") ? `\`\` ${text} \`\`` : `\`${text}\``;
}

/** Marks of Markdown and HTML as the text they are. */
function escaped(text: string): string {
  return text.replace(/[\\`*_[\]<>|#]/g, "\\$&");
}
