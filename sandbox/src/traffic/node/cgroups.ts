import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { holdsWithin } from "../../waiting";

const mount = "/sys/fs/cgroup";

/** Name of the control group above all of a sandbox's nodes. */
export const sandboxCgroup = (sandbox: string) => `foundry.${sandbox}`;

/** Folders of the hierarchies: one with version 2, one a controller with version 1. */
function hierarchies(): readonly string[] {
  if (existsSync(join(mount, "cgroup.controllers"))) {
    return [mount];
  }
  return readdirSync(mount).map((name) => join(mount, name));
}

/** Makes a control group in every hierarchy. The kubelet wants it there. */
export function addCgroup(name: string): void {
  for (const hierarchy of hierarchies()) {
    let folder = hierarchy;
    for (const part of name.split("/")) {
      const parent = folder;
      folder = join(folder, part);
      mkdirSync(folder, { recursive: true });
      // A new one of version 1 may use no processor and no memory until it is told which.
      for (const file of ["cpuset.cpus", "cpuset.mems"]) {
        if (existsSync(join(parent, file)) && readFileSync(join(folder, file), "utf8").trim() === "") {
          writeFileSync(join(folder, file), readFileSync(join(parent, file), "utf8").trim());
        }
      }
    }
  }
}

/** Those of a sandbox that exist. */
export function existingCgroups(sandbox: string): readonly string[] {
  return existsSync(mount)
    ? hierarchies()
        .map((hierarchy) => join(hierarchy, sandboxCgroup(sandbox)))
        .filter(existsSync)
    : [];
}

/**
 * Removes the control groups of a sandbox, from the innermost outwards.
 *
 * @throws Error naming those that processes are still in
 */
export async function removeCgroups(sandbox: string): Promise<void> {
  const isEmpty = await holdsWithin(10_000, () => {
    for (const folder of existingCgroups(sandbox)) {
      removeTree(folder);
    }
    return existingCgroups(sandbox).length === 0;
  });
  if (!isEmpty) {
    throw new Error(`sandbox ${sandbox}: processes are still in ${existingCgroups(sandbox).join(", ")}.`);
  }
}

/** The files in it are the kernel's and go with the folder. */
function removeTree(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) {
      removeTree(join(folder, entry.name));
    }
  }
  try {
    rmdirSync(folder);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && (error.code === "EBUSY" || error.code === "ENOTEMPTY"))) {
      throw error;
    }
  }
}
