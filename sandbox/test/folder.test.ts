import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { existingSandboxes, sandboxesFolder, sandboxFolder } from "../src/folder";
import { temporaryFolder, variables } from "./fixtures";

describe("a sandbox's folder", () => {
  it("lies under the user's cache, with everything of the sandbox in it", () => {
    const cache = temporaryFolder();
    variables({ XDG_CACHE_HOME: cache });
    const { name, ...paths } = sandboxFolder("dev");
    const root = join(cache, "ingress-foundry", "sandboxes", "dev");
    expect(name).toBe("dev");
    expect(paths.root).toBe(root);
    expect(Object.values(paths).filter((path) => path !== root && !path.startsWith(join(root, "/")))).toEqual([]);
  });

  it("has one path for each of its parts", () => {
    const paths = Object.values(sandboxFolder("dev"));
    expect(new Set(paths).size).toBe(paths.length);
  });

  it.each(["dev", "e2e-4194304-command", "a", `a${"b".repeat(29)}`])("may be called %s", (name) => {
    expect(sandboxFolder(name).name).toBe(name);
  });

  it.each(["", "Dev", "1dev", "-dev", "../dev", "dev/x", "dev_x", "dev\n", `a${"b".repeat(30)}`])(
    "may not be called %j, and the error says what it may be called",
    (name) => {
      expect(() => sandboxFolder(name)).toThrow(`the name ${JSON.stringify(name)} names a folder and a cluster`);
      expect(() => sandboxFolder(name)).toThrow("at most 30 lower-case letters, digits and hyphens");
    },
  );
});

describe("the sandboxes that there are", () => {
  it("are none before the first one", () => {
    variables({ XDG_CACHE_HOME: temporaryFolder() });
    expect(existingSandboxes()).toEqual([]);
  });

  it("are the folders that carry a sandbox's name", () => {
    variables({ XDG_CACHE_HOME: temporaryFolder() });
    for (const name of ["dev", "second", ".DS_Store", "Not A Sandbox"]) {
      mkdirSync(join(sandboxesFolder(), name), { recursive: true });
    }
    expect([...existingSandboxes()].sort()).toEqual(["dev", "second"]);
  });
});
