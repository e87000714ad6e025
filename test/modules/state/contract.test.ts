import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { describe, expect, expectTypeOf, it } from "vitest";
import { defineContract, type Published, publish } from "../../../modules/state/contract";
import { exampleState } from "../../../modules/state/example-state";
import type { State } from "../../../modules/state/remote-state";
import { declareBackend, read } from "../../../modules/state/remote-state";
import { stateSchema } from "../../../modules/state/schema";
import { appsContract, clusterContract, controllersContract, identityContract } from "../../../stacks/contracts";
import { environmentFiles, stackNames, synthStacks } from "../../support/environments";
import { synthModule } from "../../support/synth";

const contract = defineContract("producer", {
  name: { kind: "text", description: "A text.", example: "an example" },
  subnets: { kind: "list", description: "A list.", example: "subnet-1" },
  roles: { kind: "map", description: "Texts by name.", example: "arn:example" },
});

const address = { environment: "shop", region: "eu-west-1" };
const states: Readonly<Record<State["kind"], State>> = {
  local: { kind: "local", directory: "../../../state" },
  s3: { kind: "s3", bucket: "states", keyPrefix: "platform/", useLockfile: true },
  cloud: stateSchema.parse({ kind: "cloud", organization: "example", project: "platform" }),
};

function consumer(state: State) {
  return synthModule((stack) => {
    declareBackend(stack, state, { ...address, stack: "consumer" });
    const producer = read(stack, contract, state, address);
    publish(stack, defineContract("consumer", { copy: { kind: "list", description: "", example: "" } }), {
      copy: [producer.name, producer.subnets.at(1), producer.roles.get("shop"), producer.roles.get("team/app")],
    });
  });
}

describe("a contract", () => {
  it("is published under its own names, with descriptions, and nothing is sensitive", () => {
    const { output } = synthModule((stack) =>
      publish(stack, contract, { name: "a", subnets: ["b", "c"], roles: { shop: "d" } }),
    );
    expect(output).toEqual({
      name: { value: "a", description: "A text." },
      subnets: { value: ["b", "c"], description: "A list." },
      roles: { value: { shop: "d" }, description: "Texts by name." },
    });
  });

  it("does not compile when an output is missing or of another type", () => {
    expectTypeOf<{ name: string; subnets: string[]; roles: Record<string, string> }>().toExtend<
      Published<typeof contract.outputs>
    >();
    expectTypeOf<{ name: string; subnets: string[] }>().not.toExtend<Published<typeof contract.outputs>>();
    expectTypeOf<{ name: number; subnets: string[]; roles: Record<string, string> }>().not.toExtend<
      Published<typeof contract.outputs>
    >();
  });

  it.each(["local", "s3", "cloud"] as const)("is read alike from %s state: by plain references", (kind) => {
    const outputs = "data.terraform_remote_state.producer.outputs";
    expect(consumer(states[kind]).output["copy"]?.value).toEqual([
      `\${${outputs}.name}`,
      `\${${outputs}.subnets[1]}`,
      `\${${outputs}.roles.shop}`,
      `\${${outputs}.roles["team/app"]}`,
    ]);
  });

  it("keeps local state beside the synthesized stacks, producer and consumer in one folder", () => {
    const { terraform, data } = consumer(states.local);
    expect(terraform["backend"]).toEqual({ local: { path: "../../../state/shop-consumer.tfstate" } });
    expect(data["terraform_remote_state"]?.["producer"]).toEqual({
      backend: "local",
      config: { path: "../../../state/shop-producer.tfstate" },
    });
  });

  it("keeps S3 state encrypted and locked, one object a stack", () => {
    const { terraform, data } = consumer(states.s3);
    const bucket = { bucket: "states", region: "eu-west-1" };
    expect(terraform["backend"]).toEqual({
      s3: { ...bucket, key: "platform/shop/consumer.tfstate", encrypt: true, use_lockfile: true },
    });
    expect(data["terraform_remote_state"]?.["producer"]).toEqual({
      backend: "s3",
      config: { ...bucket, key: "platform/shop/producer.tfstate" },
    });
  });

  it("keeps Terraform Cloud state in one named workspace a stack", () => {
    const { terraform, data } = consumer(states.cloud);
    const organization = { organization: "example", hostname: "app.terraform.io" };
    expect(terraform["cloud"]).toEqual({ ...organization, workspaces: { name: "shop-consumer", project: "platform" } });
    expect(data["terraform_remote_state"]?.["producer"]).toEqual({
      backend: "remote",
      config: { ...organization, workspaces: { name: "shop-producer" } },
    });
  });

  it("keeps its names when a resource behind it is renamed", () => {
    const behind = (id: string) =>
      synthModule((stack) => {
        const vpc = new Vpc(stack, id, { cidrBlock: "10.0.0.0/16" });
        publish(stack, contract, { name: vpc.id, subnets: [vpc.arn], roles: { shop: vpc.arn } });
      });
    const [before, after] = [behind("before"), behind("after")];
    expect(before.output["name"]?.value).toBe("${aws_vpc.before.id}");
    expect(after.output["name"]?.value).toBe("${aws_vpc.after.id}");
    const published = ({ output }: typeof before) =>
      Object.entries(output).map(([name, { description }]) => ({ name, description }));
    expect(published(after)).toEqual(published(before));
  });

  it("becomes an example state with the keys and lengths that the producer will publish", () => {
    const state = JSON.parse(
      exampleState(contract, {
        name: { value: "${a}" },
        subnets: { value: ["${b}", "${c}"] },
        roles: { value: { shop: "${d}" } },
      }),
    );
    expect(state).toMatchObject({ version: 4, resources: [] });
    expect(state.outputs).toEqual({
      name: { value: "an example", type: "string" },
      subnets: { value: ["subnet-1", "subnet-1"], type: ["list", "string"] },
      roles: { value: { shop: "arn:example" }, type: ["map", "string"] },
    });
  });
});

describe("the contracts of the four stacks", () => {
  const contracts = {
    cluster: clusterContract,
    identity: identityContract,
    controllers: controllersContract,
    apps: appsContract,
  };
  const stacks = synthStacks(environmentFiles.seeds);

  it.each(stackNames)("the outputs of %s are its contract's, no more and no fewer", (name) => {
    expect(Object.keys(stacks[name].output).sort()).toEqual(Object.keys(contracts[name].outputs).sort());
  });

  it.each(stackNames)("%s reads nothing that its producers do not publish", (name) => {
    const text = JSON.stringify(stacks[name]);
    for (const [, producer = "", output = ""] of text.matchAll(/terraform_remote_state\.(\w+)\.outputs\.(\w+)/g)) {
      expect(Object.keys(stacks[producer as (typeof stackNames)[number]].output)).toContain(output);
    }
  });

  it("change only when it is meant, since other stacks and other teams read them", async () => {
    const words = Object.values(contracts).map(({ stack, outputs }) => [
      stack,
      Object.fromEntries(
        Object.entries(outputs).map(([name, { kind, description }]) => [name, `${kind}: ${description}`]),
      ),
    ]);
    await expect(`${JSON.stringify(Object.fromEntries(words), null, 2)}\n`).toMatchFileSnapshot(
      "../../golden/contracts.json",
    );
  });

  it("are spelt in snake_case and described", () => {
    for (const { outputs } of Object.values(contracts)) {
      for (const [name, { description, example }] of Object.entries(outputs)) {
        expect(name).toMatch(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/);
        expect(description).toMatch(/\.$/);
        expect(example).not.toBe("");
      }
    }
  });
});
