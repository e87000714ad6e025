import { elementText } from "../xml";

/**
 * Takes the tags of the launch template itself out of the tags that its data gives to what is launched. moto mixes them
 * when a template is made, and Terraform would then see a difference.
 */
export function withoutTemplateTags(xml: string): string {
  return xml.replaceAll(/<tagSpecificationSet>.*?<\/tagSpecificationSet>/gs, (set) => {
    const kept = items(set, "tagSpecificationSet").filter(
      (item) => !item.includes("<resourceType>launch-template</resourceType>"),
    );
    return kept.length === 0
      ? ""
      : `<tagSpecificationSet>${kept.map((item) => `<item>${item}</item>`).join("")}</tagSpecificationSet>`;
  });
}

/** The items of a set element, each as XML, however deeply items nest inside them. */
function items(xml: string, set: string): readonly string[] {
  const inner = elementText(xml, set) ?? "";
  const found: string[] = [];
  let depth = 0;
  let start = 0;
  for (const tag of inner.matchAll(/<(\/?)item>/g)) {
    if (tag[1] === "") {
      depth += 1;
      start = depth === 1 ? tag.index + tag[0].length : start;
    } else {
      depth -= 1;
      if (depth === 0) {
        found.push(inner.slice(start, tag.index));
      }
    }
  }
  return found;
}
