import { join } from "node:path";
import { sandboxCacheFolder } from "../../cache-folder";
import { type BuildOptions, buildProgramSet } from "../../go/build";
import { cachedFolder, type ProgramSet } from "../../go/program-set";

const name = "coredns";

/** Answers for the cluster's own names inside it, and for Route 53 and the load balancers outside. */
export const corednsProgram: ProgramSet<typeof name> = {
  purpose: "names",
  names: [name],
  modules: [
    {
      folder: join(__dirname, "go", name),
      requires: "github.com/coredns/coredns",
      packages: { [name]: "github.com/coredns/coredns" },
      linkerVariables: () => ({}),
    },
  ],
};

/** Builds the program unless the cache has it; see {@link buildProgramSet}. */
export async function buildCoredns(options: BuildOptions): Promise<string> {
  return join(await buildProgramSet(corednsProgram, options), name);
}

/** The program when it is built, otherwise undefined. */
export function cachedCoredns(cacheFolder: string = sandboxCacheFolder()): string | undefined {
  const folder = cachedFolder(corednsProgram, cacheFolder);
  return folder === undefined ? undefined : join(folder, name);
}
