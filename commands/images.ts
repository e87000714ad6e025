import { resolve } from "node:path";
import { InvalidArgumentError } from "commander";
import { type Define, examples } from "./program/command";
import { knownEnvironments } from "./program/environment-names";

interface Options {
  readonly push?: boolean;
  readonly from: Readonly<Record<string, string>>;
}

export const define: Define = (command, surroundings) => {
  const { root, calledIn } = surroundings;
  const folder = (text: string, before: Readonly<Record<string, string>>) => {
    const [, repository, path] = /^([^=]+)=(.+)$/.exec(text) ?? [];
    if (repository === undefined || path === undefined) {
      throw new InvalidArgumentError("It is a repository and its folder, such as shop=../shop.");
    }
    return { ...before, [repository]: resolve(calledIn, path) };
  };
  command
    .argument("<environment>", "name of an environment")
    .option("--push", "build and push what is not there yet")
    .option(
      "--from <repository=folder>",
      "where the Dockerfile of a repository's image lies; again for others",
      folder,
      {},
    )
    .addHelpText(
      "after",
      [
        "\nPrints, for each repository that workloads run an image of, how to sign in, to build for the architecture of the",
        "nodes and to push. They are pushed after the cluster stack, which makes the repositories, and before the apps",
        "stack. --push needs the AWS CLI, and docker with buildx, podman, finch or nerdctl.",
      ].join("\n"),
    )
    .addHelpText("after", examples("foundry images dev", "foundry images dev --push --from shop=../shop"))
    .action(async (name: string, { push, from }: Options) => {
      const [environment = name] = knownEnvironments(root, [name]);
      const { images } = await import("./images/images.js");
      await images(surroundings, environment, { push: push === true, folders: from });
    });
};
