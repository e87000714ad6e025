import {
  CloudBackend,
  DataTerraformRemoteState,
  DataTerraformRemoteStateLocal,
  DataTerraformRemoteStateS3,
  LocalBackend,
  NamedCloudWorkspace,
  S3Backend,
  type TerraformRemoteState,
  type TerraformStack,
  Token,
} from "cdktf";
import type { z } from "zod";
import { assertNever } from "../schema/assert-never";
import type { Contract, ListOutput, MapOutput, Outputs, Read } from "./contract";
import type { stateSchema } from "./schema";

export type State = z.output<typeof stateSchema>;

/** Which state of which environment is meant. */
export interface StateAddress {
  readonly environment: string;
  readonly stack: string;
  /** Region of a bucket that names none. */
  readonly region: string;
}

const stackId = (address: StateAddress) => `${address.environment}-${address.stack}`;
const bucketKey = (state: State & { kind: "s3" }, address: StateAddress) =>
  `${state.keyPrefix}${address.environment}/${address.stack}.tfstate`;
const localPath = (state: State & { kind: "local" }, address: StateAddress) =>
  `${state.directory}/${stackId(address)}.tfstate`;

/** Tells Terraform where a stack's own state is kept. */
export function declareBackend(stack: TerraformStack, state: State, address: StateAddress): void {
  switch (state.kind) {
    case "local":
      new LocalBackend(stack, { path: localPath(state, address) });
      return;
    case "s3":
      new S3Backend(stack, {
        bucket: state.bucket,
        key: bucketKey(state, address),
        region: state.region ?? address.region,
        encrypt: true,
        kmsKeyId: state.kmsKeyArn,
        assumeRole: state.roleArn === undefined ? undefined : { roleArn: state.roleArn },
      });
      stack.addOverride("terraform.backend.s3.use_lockfile", state.useLockfile);
      return;
    case "cloud":
      new CloudBackend(stack, {
        organization: state.organization,
        hostname: state.hostname,
        workspaces: new NamedCloudWorkspace(stackId(address), state.project),
      });
      return;
    default:
      assertNever("kind of state", state);
  }
}

function remoteState(stack: TerraformStack, state: State, address: StateAddress): TerraformRemoteState {
  switch (state.kind) {
    case "local":
      return new DataTerraformRemoteStateLocal(stack, address.stack, { path: localPath(state, address) });
    case "s3":
      return new DataTerraformRemoteStateS3(stack, address.stack, {
        bucket: state.bucket,
        key: bucketKey(state, address),
        region: state.region ?? address.region,
        kmsKeyId: state.kmsKeyArn,
        assumeRole: state.roleArn === undefined ? undefined : { roleArn: state.roleArn },
      });
    case "cloud":
      return new DataTerraformRemoteState(stack, address.stack, {
        organization: state.organization,
        hostname: state.hostname,
        workspaces: new NamedCloudWorkspace(stackId(address)),
      });
    default:
      return assertNever("kind of state", state);
  }
}

function listOutput(source: TerraformRemoteState, name: string): ListOutput {
  return {
    all: Token.asList(source.get(name)),
    at: (index) => source.getString(`${name}[${index}]`),
  };
}

function mapOutput(source: TerraformRemoteState, name: string): MapOutput {
  // A reference without quotes can stand inside JSON text and leave it JSON.
  const step = (key: string) => (/^[A-Za-z_][\w-]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`);
  return { get: (key) => source.getString(`${name}${step(key)}`) };
}

/** Reads a producer's contract through its state, kept by the same kind of backend as the consumer's. */
export function read<O extends Outputs>(
  stack: TerraformStack,
  contract: Contract<O>,
  state: State,
  address: Omit<StateAddress, "stack">,
): Read<O> {
  const source = remoteState(stack, state, { ...address, stack: contract.stack });
  const read: Partial<Record<string, string | ListOutput | MapOutput>> = {};
  for (const [name, output] of Object.entries(contract.outputs)) {
    switch (output.kind) {
      case "text":
        read[name] = source.getString(name);
        break;
      case "list":
        read[name] = listOutput(source, name);
        break;
      case "map":
        read[name] = mapOutput(source, name);
        break;
    }
  }
  return read as Read<O>;
}
