import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { Environment } from "../../../platform/environment";
import { isError, stateClientOptions } from "../../preflight/aws/clients";
import { stateClient } from "../../preflight/aws/state-client";
import { States } from "../../preflight/aws/states";
import { confirmed } from "../../program/confirmed";
import { environmentsToRead } from "../../program/environments";
import { AlreadyReported, Refusal } from "../../program/errors";
import { printLine } from "../../program/print";
import type { Surroundings } from "../../program/surroundings";
import { printTable } from "../../program/table";
import { makeBucket, type Setting, type StateBucket, settings } from "./settings";

export interface StateBucketOptions {
  readonly plan: boolean;
  readonly yes: boolean;
}

/** As of `foundry apply --plan`: something would change. */
const wouldChange = 2;

/** What is left to do of one thing that a bucket of states should be. */
interface Step {
  readonly name: string;
  readonly wanted: string;
  readonly holds: boolean;
  readonly set: () => Promise<unknown>;
}

/**
 * Makes the bucket that an environment keeps its states in, or what is missing of it; nothing is done twice.
 *
 * @throws Refusal where the environment names no bucket, it is somebody else's, or S3 refuses
 */
export async function makeStateBucket(
  surroundings: Surroundings,
  name: string,
  { plan, yes }: StateBucketOptions,
): Promise<void> {
  const [environment] = environmentsToRead(surroundings, [name]).environments;
  if (environment === undefined) throw new Error(`environments/${name}.ts was read a moment ago and is gone`);
  const place = bucketOf(environment);
  if (!plan && !yes && surroundings.input.isTTY !== true) {
    throw new Refusal(
      "nobody is there to be asked, for standard input is no terminal; add --yes, or --plan to look only",
    );
  }
  const bucket: StateBucket = { ...place, s3: stateClient(environment), owner: await accountOf(environment) };
  const steps = await stepsFor(environment, bucket);
  printTable(
    surroundings.output,
    ["", "wanted", "is"],
    steps.map(({ name, wanted, holds }) => [name, wanted, holds ? "so" : "not so yet"]),
  );
  const missing = steps.filter(({ holds }) => !holds);
  if (missing.length === 0) return printLine(surroundings.errors, `${bucket.name} is as it should be`);
  if (plan) throw new AlreadyReported(wouldChange);
  if (!yes && !(await confirmed(surroundings, `\nMake it so, in account ${bucket.owner}?`))) {
    throw new Refusal("nothing was changed");
  }
  for (const step of missing) {
    await refusing(bucket, step.set);
    printLine(surroundings.output, `${step.name}: done`);
  }
  printLine(surroundings.errors, `npx foundry preflight ${name} looks at everything else that an apply needs`);
}

function bucketOf({ name, aws, state }: Environment): Omit<StateBucket, "s3" | "owner"> {
  if (state.kind !== "s3") {
    throw new Refusal(
      `environments/${name}.ts keeps its states as ${JSON.stringify(state.kind)}, which needs no bucket; ` +
        'for one, write state: { kind: "s3", bucket: "..." } there, with a name that nobody in the world has yet',
    );
  }
  return {
    name: state.bucket,
    region: state.region ?? aws.region,
    arn: `arn:${aws.partition}:s3:::${state.bucket}`,
    kmsKeyArn: state.kmsKeyArn,
  };
}

/** The account of whoever Terraform is towards the bucket. */
async function accountOf(environment: Environment): Promise<string> {
  try {
    const sts = new STSClient(stateClientOptions(environment));
    const { Account } = await sts.send(new GetCallerIdentityCommand({}));
    if (Account !== undefined) return Account;
  } catch (error) {
    throw new Refusal(
      `AWS does not know who calls (${messageOf(error)}); sign in, as aws sso login does, or set AWS_PROFILE`,
      undefined,
      error instanceof Error ? error : undefined,
    );
  }
  throw new Error("AWS knows who calls, and no account");
}

async function stepsFor(environment: Environment, bucket: StateBucket): Promise<readonly Step[]> {
  const found = await new States(environment, []).bucket(bucket.name);
  if (found.kind === "forbidden") throw somebodyElses(bucket);
  if (found.kind === "there" && found.region !== bucket.region) {
    throw new Refusal(
      `${bucket.name} is there, in ${found.region} and not in ${bucket.region}; write state.region: "${found.region}"`,
    );
  }
  const there = found.kind === "there";
  const step = async (setting: Setting): Promise<Step> => ({
    name: setting.name,
    wanted: setting.wanted(bucket),
    holds: there && (await refusing(bucket, () => setting.holds(bucket))),
    set: () => setting.set(bucket),
  });
  return [
    {
      name: "bucket",
      wanted: `${bucket.name}, in ${bucket.region}, of account ${bucket.owner}`,
      holds: there,
      set: () => makeBucket(bucket),
    },
    ...(await Promise.all(settings.map(step))),
  ];
}

/** @throws Refusal where S3 does not do it */
async function refusing<Value>(bucket: StateBucket, ask: () => Promise<Value>): Promise<Value> {
  try {
    return await ask();
  } catch (error) {
    if (isError(error, "AccessDenied", "403", "BucketAlreadyExists")) throw somebodyElses(bucket);
    throw new Refusal(
      `S3 refuses: ${messageOf(error)}; what is done stays, so mend that and call the same again`,
      undefined,
      error instanceof Error ? error : undefined,
    );
  }
}

const somebodyElses = ({ name, owner }: StateBucket) =>
  new Refusal(
    `${name} is not of account ${owner}, or its settings may not be read and changed by who calls; choose another name, ` +
      "for all AWS accounts share them, or call with the rights that docs/apply.md lists",
  );

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error)).replace(/\.$/, "");
