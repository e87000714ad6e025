import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { findPartition, partitionNames, partitions } from "../../../modules/schema/partitions";

interface Listed {
  readonly id: string;
  readonly regionRegex: string;
  readonly regions: Readonly<Record<string, unknown>>;
}

/** AWS's own list, as its SDKs have it. */
async function listed(): Promise<readonly Listed[]> {
  const folder = dirname(createRequire(__filename).resolve("@aws-sdk/core/package.json"));
  const file = join(folder, "dist-es/submodules/client/util-endpoints/lib/aws/partitions.js");
  const { partitionsInfo }: { readonly partitionsInfo: { readonly partitions: readonly Listed[] } } = await import(
    pathToFileURL(file).href
  );
  return partitionsInfo.partitions;
}

describe("partitions and their regions", () => {
  it("are those of AWS's own list", async () => {
    const theirs = (await listed()).map(({ id, regionRegex, regions }) => [
      id,
      regionRegex.replaceAll("\\-", "-"),
      // Names of no place, such as aws-global.
      Object.keys(regions).filter((name) => !name.endsWith("-global")),
    ]);
    const ours = partitionNames.map((name) => [name, partitions[name].form.source, partitions[name].regions]);
    expect(ours).toEqual(theirs);
  });

  it("say of every region which partition it is of", () => {
    for (const name of partitionNames) {
      expect(partitions[name].regions.map(findPartition)).toEqual(partitions[name].regions.map(() => name));
    }
  });

  it("say so of one that may open later", () => {
    expect(["eu-central-9", "us-isof-south-7"].map(findPartition)).toEqual(["aws", "aws-iso-f"]);
  });

  it("know no region of a name that none could have", () => {
    expect(findPartition("Oregon")).toBeUndefined();
  });
});
