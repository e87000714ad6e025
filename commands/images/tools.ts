import type { Platform } from "../../platform/images";

/** What is built, and what it is called in the registry. */
export interface Building {
  readonly reference: string;
  readonly platforms: readonly Platform[];
  /** Folder with the Dockerfile. */
  readonly folder: string;
}

/** A program that builds and pushes images. */
export interface Tool {
  readonly name: string;
  /** A call that passes where it is there. */
  readonly probe: readonly string[];
  /** The calls that build an image and push it. */
  readonly push: (building: Building) => readonly (readonly string[])[];
}

const several = (platforms: readonly Platform[]) => platforms.join(",");

const likeDocker = (name: string): Tool => ({
  name,
  probe: ["--version"],
  push: ({ reference, platforms, folder }) => [
    ["build", "--platform", several(platforms), "--tag", reference, folder],
    ["push", ...(platforms.length > 1 ? ["--all-platforms"] : []), reference],
  ],
});

/** In the order in which they are taken; the first is what is printed where none is there. */
export const tools: readonly [Tool, ...Tool[]] = [
  {
    name: "docker",
    probe: ["buildx", "version"],
    push: ({ reference, platforms, folder }) => [
      ["buildx", "build", "--platform", several(platforms), "--tag", reference, "--push", folder],
    ],
  },
  {
    name: "podman",
    probe: ["--version"],
    push: ({ reference, platforms, folder }) => [
      ["build", "--platform", several(platforms), "--manifest", reference, folder],
      ["manifest", "push", "--all", reference],
    ],
  },
  likeDocker("finch"),
  likeDocker("nerdctl"),
];
