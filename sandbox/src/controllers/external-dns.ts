import { join } from "node:path";
import { sandboxCacheFolder } from "../cache-folder";
import { type BuildOptions, buildProgramSet } from "../go/build";
import { cachedFolder, type ProgramSet } from "../go/program-set";

const name = "external-dns";

/** The one controller whose program can be built from a published Go module. */
export const externalDnsProgram: ProgramSet<typeof name> = {
  purpose: "the records of hosts",
  names: [name],
  modules: [
    {
      folder: join(__dirname, "go", name),
      requires: "sigs.k8s.io/external-dns",
      packages: { [name]: "sigs.k8s.io/external-dns" },
      linkerVariables: (version) => ({ "sigs.k8s.io/external-dns/pkg/apis/externaldns.Version": version }),
    },
  ],
};

/** Builds the program unless the cache has it; see {@link buildProgramSet}. */
export async function buildExternalDns(options: BuildOptions): Promise<string> {
  return join(await buildProgramSet(externalDnsProgram, options), name);
}

/** The program when it is built, otherwise undefined. */
export function cachedExternalDns(cacheFolder: string = sandboxCacheFolder()): string | undefined {
  const folder = cachedFolder(externalDnsProgram, cacheFolder);
  return folder === undefined ? undefined : join(folder, name);
}
