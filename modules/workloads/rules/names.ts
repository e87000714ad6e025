import { at, ofEachWorkload } from "./rule";

/** Services and addresses in Terraform begin with a letter. */
export const nameBeginsWithLetter = ofEachWorkload((name) => {
  if (/^[a-z]/.test(name)) return [];
  return [
    {
      path: at(name),
      value: name,
      rule: "the name becomes a Service and a resource address in Terraform, and both begin with a letter",
      remedy: `write a letter in front, such as app-${name}`,
    },
  ];
});
