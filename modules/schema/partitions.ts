/**
 * Partitions of AWS, the form of their regions' names, and the regions there are. A region that opens later has the form
 * before it stands in the list. Source: AWS's own list, partitions.json of its SDKs; a test holds this one to it.
 */
export const partitions = {
  aws: {
    form: /^(us|eu|ap|sa|ca|me|af|il|mx)-\w+-\d+$/,
    regions: [
      "af-south-1",
      "ap-east-1",
      "ap-east-2",
      "ap-northeast-1",
      "ap-northeast-2",
      "ap-northeast-3",
      "ap-south-1",
      "ap-south-2",
      "ap-southeast-1",
      "ap-southeast-2",
      "ap-southeast-3",
      "ap-southeast-4",
      "ap-southeast-5",
      "ap-southeast-6",
      "ap-southeast-7",
      "ca-central-1",
      "ca-west-1",
      "eu-central-1",
      "eu-central-2",
      "eu-north-1",
      "eu-south-1",
      "eu-south-2",
      "eu-west-1",
      "eu-west-2",
      "eu-west-3",
      "il-central-1",
      "me-central-1",
      "me-south-1",
      "me-west-1",
      "mx-central-1",
      "sa-east-1",
      "sa-west-1",
      "us-east-1",
      "us-east-2",
      "us-west-1",
      "us-west-2",
    ],
  },
  "aws-cn": {
    form: /^cn-\w+-\d+$/,
    regions: ["cn-north-1", "cn-northwest-1"],
  },
  "aws-eusc": {
    form: /^eusc-(de)-\w+-\d+$/,
    regions: ["eusc-de-east-1"],
  },
  "aws-iso": {
    form: /^us-iso-\w+-\d+$/,
    regions: ["us-iso-east-1", "us-iso-west-1"],
  },
  "aws-iso-b": {
    form: /^us-isob-\w+-\d+$/,
    regions: ["us-isob-east-1", "us-isob-west-1"],
  },
  "aws-iso-e": {
    form: /^eu-isoe-\w+-\d+$/,
    regions: ["eu-isoe-west-1"],
  },
  "aws-iso-f": {
    form: /^us-isof-\w+-\d+$/,
    regions: ["us-isof-east-1", "us-isof-south-1"],
  },
  "aws-us-gov": {
    form: /^us-gov-\w+-\d+$/,
    regions: ["us-gov-east-1", "us-gov-west-1"],
  },
} as const satisfies Readonly<Record<string, { readonly form: RegExp; readonly regions: readonly string[] }>>;

export type Partition = keyof typeof partitions;

export const partitionNames = Object.keys(partitions) as [Partition, ...Partition[]];

/** Regions that AWS lists, of every partition. */
export const knownRegions: readonly string[] = Object.values(partitions).flatMap(({ regions }) => regions);

/** Partition a region belongs to; undefined for a name that no region of any partition could have. */
export function findPartition(region: string): Partition | undefined {
  return (
    partitionNames.find((name) => partitions[name].regions.some((known) => known === region)) ??
    partitionNames.find((name) => partitions[name].form.test(region))
  );
}
