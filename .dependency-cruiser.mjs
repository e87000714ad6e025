/**
 * The floors of the house, the ground first. A file imports from its own floor or from a lower one, and no two folders
 * import each other: the code can be read from the ground up.
 */
const floors = ["modules/schema", "modules", "platform", "stacks", "commands"];

const above = (floor) => floors.slice(floors.indexOf(floor) + 1).map((name) => `${name}/`);

const upward = floors.slice(0, -1).map((floor) => ({
  name: `${floor.replace("/", "-")}-imports-nothing-above`,
  comment: `${floor}/ is below ${above(floor).join(" and ")}: take what is needed as a parameter, or move it down.`,
  severity: "error",
  from: { path: `^${floor}/` },
  // What lies in modules/schema is in modules too.
  to: { path: `^(${above(floor).join("|")}|main\\.ts|environments/)`, pathNot: `^${floor}/` },
}));

export default {
  forbidden: [
    ...upward,
    {
      name: "no-circle-of-folders",
      comment: "Two folders that import each other cannot be read one after the other: move what both need below both.",
      severity: "error",
      scope: "folder",
      from: { path: "^(modules|platform|stacks|commands)" },
      to: { circular: true },
    },
    {
      name: "no-circle-of-files",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "clients-of-aws-stay-where-aws-is-asked",
      comment: "They are large and not in the bundle: no other command loads them.",
      severity: "error",
      from: { path: "^(modules|platform|stacks|commands|main)", pathNot: "^commands/(preflight/aws|init/state)/" },
      to: { path: "node_modules/(@aws-sdk/client-|@kubernetes/client-node)" },
    },
    {
      name: "modules-know-no-environment",
      comment: "A module takes narrow props: it is then tested, moved and read without the rest.",
      severity: "error",
      from: { path: "^modules/" },
      to: { path: "^platform/environment" },
    },
  ],
  options: { parser: "swc", tsPreCompilationDeps: true, doNotFollow: { path: "node_modules" }, exclude: "^\\.gen" },
};
