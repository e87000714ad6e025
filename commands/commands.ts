import type { CommandEntry } from "./program/command";

/** Every command of `foundry`, in the order of its help: those that read first, then those that act. */
export const commands: readonly CommandEntry[] = [
  {
    name: "synth",
    summary: "check environments and write their stacks",
    load: () => import("./synth.js"),
    asksTypeScript: true,
  },
  { name: "config", summary: "print what an environment means with every default", load: () => import("./config.js") },
  { name: "options", summary: "print what an option is for", load: () => import("./options.js") },
  { name: "list", summary: "list environments and their stacks", load: () => import("./list.js") },
  { name: "contract", summary: "print what stacks tell each other", load: () => import("./contract.js") },
  { name: "lifecycle", summary: "print until when each component is supported", load: () => import("./lifecycle.js") },
  { name: "doors", summary: "print every way from a network to a workload", load: () => import("./doors.js") },
  { name: "graph", summary: "draw an environment", load: () => import("./graph.js") },
  {
    name: "review",
    summary: "say what a change does, opens, lets others do and costs",
    load: () => import("./review.js"),
  },
  { name: "serve", summary: "review plans as a run task of Terraform Cloud", load: () => import("./serve.js") },
  {
    name: "init",
    summary: "write the file of a new environment",
    load: () => import("./init.js"),
    // It begins where there is nothing to check yet.
    asksTypeScript: true,
  },
  { name: "convert", summary: "turn Ingresses into routes", load: () => import("./convert.js") },
  { name: "preview", summary: "plan every stack before anything exists", load: () => import("./preview.js") },
  { name: "permissions", summary: "print what who applies must be allowed", load: () => import("./permissions.js") },
  { name: "verify", summary: "hold charts to their digests and signatures", load: () => import("./verify.js") },
  {
    name: "preflight",
    summary: "look for what would stop an apply",
    load: () => import("./preflight.js"),
  },
  {
    name: "apply",
    summary: "apply the stacks of an environment, one after the other",
    load: () => import("./apply.js"),
  },
  {
    name: "destroy",
    summary: "destroy an environment, after it is said what is lost",
    load: () => import("./destroy.js"),
    // A file that TypeScript refuses may have made something once.
    asksTypeScript: true,
  },
  {
    name: "images",
    summary: "print how images get into the registry, or push them",
    load: () => import("./images.js"),
  },
  { name: "recover", summary: "free Helm releases that a kill left pending", load: () => import("./recover.js") },
  {
    name: "workspaces",
    summary: "begin with Terraform Cloud, or move states there",
    load: () => import("./workspaces.js"),
  },
  { name: "providers", summary: "lock the versions of provider plugins", load: () => import("./providers.js") },
  {
    name: "to-cdktn",
    summary: "hold the stacks to what the fork cdktn makes of them",
    load: () => import("./to-cdktn.js"),
  },
  { name: "inputs", summary: "fetch what generators and chart tests read", load: () => import("./inputs.js") },
  { name: "sandbox", summary: "apply an environment on this machine, without AWS", load: () => import("./sandbox.js") },
];
