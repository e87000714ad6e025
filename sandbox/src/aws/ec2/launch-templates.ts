import { items } from "./client";

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
