import { usedImages } from "../../../platform/images";
import { type Check, type Finding, stops, warns } from "../check";

/**
 * Pods whose image is not there, or is for other machines than the nodes, never become ready, and the apps stack gives up
 * after ten minutes.
 */
export const images: Check = {
  name: "images",
  asksAws: true,
  look: async ({ environment }, facts) => {
    const push = `npx foundry images ${environment.name} prints how to push`;
    const findings: Finding[] = [];
    for (const { repository, version, workloads, platforms } of usedImages(environment)) {
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
      } else if (found === "there") {
        const own = await facts.imagePlatforms(repository, version);
        const others = own === undefined ? [] : platforms.filter((platform) => !own.includes(platform));
        if (own === undefined || others.length === 0) continue;
        const runs = `${what}, runs on ${own.join(" and ")}`;
        const build = `build it for ${platforms.join(" and ")}: npx foundry images ${environment.name} prints how`;
        findings.push(
          others.length === platforms.length
            ? stops(`${runs}, and every node is ${others.join(" or ")}`, build)
            : warns(`${runs}, and some nodes are ${others.join(" or ")}, where its pods cannot start`, build),
        );
      }
    }
    return findings;
  },
};
