import { usedImages } from "../../../platform/images";
import { type Check, type Finding, stops, warns } from "../check";

/** Pods whose image is not there never become ready, and the apps stack gives up after ten minutes. */
export const images: Check = {
  name: "images",
  asksAws: true,
  look: async ({ environment }, facts) => {
    const push = `npx foundry images ${environment.name} prints how to push`;
    const findings: Finding[] = [];
    for (const { repository, version, workloads } of usedImages(environment)) {
      const found = await facts.image(repository, version);
      const what = `${repository}, ${version}, of ${workloads.join(", ")}`;
      const made = environment.registry.repositories[repository] !== undefined;
      if (found === "no such image") findings.push(stops(`the registry does not have ${what}`, `${push} it`));
      else if (found === "no repository" && made) {
        findings.push(
          warns(
            `the cluster stack makes the repository of ${what}, and nothing is in it then`,
            `${push} it before the apps stack`,
          ),
        );
      } else if (found === "no repository") {
        findings.push(stops(`there is no repository of ${what}`, "add it to registry.repositories"));
      }
    }
    return findings;
  },
};
