import { defineConfig } from "vitepress";

/** The pages of docs/ as a site of files: `npm run site` writes it to dist/site. It asks no other host for anything. */
export default defineConfig({
  title: "Ingress Foundry",
  description: "EKS and the doors into it: four Terraform stacks from one typed environment file",
  outDir: "../dist/site",
  cacheDir: "../dist/site-cache",
  // Each page of a folder works from the disk of whoever unpacks it, and below any path of a server.
  cleanUrls: false,
  rewrites: {
    "doors/README.md": "doors/index.md",
    "review/README.md": "review/index.md",
    "nodes/README.md": "nodes/index.md",
    "controllers/README.md": "controllers/index.md",
    "ci/README.md": "ci/index.md",
  },
  // A link that leads nowhere fails the build; what leads out of docs/ is code, which the site does not hold.
  ignoreDeadLinks: [/^(\.\.\/)+(?!docs\/)/, /\.(json|svg|ts|ya?ml)$/],
  themeConfig: {
    search: { provider: "local" },
    outline: { level: [2, 3] },
    sidebar: [
      {
        text: "Use it",
        items: [
          { text: "Choosing a door", link: "/choosing-a-door" },
          { text: "What runs the pods", link: "/nodes/" },
          { text: "What watches the cluster", link: "/controllers/" },
          { text: "Anything else", link: "/anything-else" },
          { text: "Applying and destroying", link: "/apply" },
          { text: "Pipelines", link: "/ci/" },
          { text: "Terraform Cloud", link: "/terraform-cloud" },
          { text: "Upgrading", link: "/upgrading" },
          { text: "Recovery", link: "/recovery" },
          { text: "Troubleshooting", link: "/troubleshooting" },
          { text: "The sandbox", link: "/sandbox" },
        ],
      },
      {
        text: "Look it up",
        items: [
          { text: "Options", link: "/options" },
          { text: "Ways into the environments", link: "/doors/" },
          { text: "Doors that are safe", link: "/safe-doors" },
          { text: "Reviews", link: "/review/" },
          { text: "Policies", link: "/review/policies" },
          { text: "What replaces a resource", link: "/review/replacements" },
          { text: "Compared", link: "/comparison" },
          { text: "Words", link: "/glossary" },
        ],
      },
      {
        text: "How it is made",
        items: [
          { text: "Architecture", link: "/architecture" },
          { text: "Leaving", link: "/exit" },
          { text: "The five systems", link: "/seeds" },
          { text: "Faults of synth", link: "/faults" },
          { text: "What comes from others", link: "/supply-chain" },
          { text: "Dependencies", link: "/dependencies" },
          { text: "Mutation scores", link: "/mutation" },
        ],
      },
    ],
  },
});
