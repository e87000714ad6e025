import { resolve } from "node:path";
import { Option } from "commander";
import { type Define, examples } from "./program/command";
import { WrongCall } from "./program/errors";

interface Options {
  readonly platform: readonly string[];
  readonly fsMirror?: string;
  readonly netMirror?: string;
}

/** Where engineers and pipelines work. */
const usual = ["linux_amd64", "linux_arm64", "darwin_amd64", "darwin_arm64", "windows_amd64"];

const does = {
  lock: "keep the locked versions, add what is missing",
  upgrade: "take the newest versions that the stacks admit",
};

export const define: Define = (command, surroundings) => {
  for (const [name, description] of Object.entries(does)) {
    command
      .command(name)
      .description(description)
      .addOption(new Option("--platform <platforms...>", "platforms that apply").default(usual, usual.join(" ")))
      .addOption(
        new Option("--fs-mirror <folder>", "take plugins from a folder, laid out as Terraform's mirrors are").conflicts(
          "netMirror",
        ),
      )
      .option("--net-mirror <url>", "take plugins from a mirror, by Terraform's protocol for mirrors")
      .addHelpText("after", examples(`foundry providers ${name}`, `foundry providers ${name} --platform linux_arm64`))
      .action(async ({ platform, fsMirror, netMirror }: Options) => {
        const wrong = platform.filter((one) => !/^[a-z0-9]+_[a-z0-9]+$/.test(one));
        if (wrong.length > 0) throw new WrongCall(`no platform: ${wrong.join(", ")}; write one such as linux_amd64`);
        const { lockProviders } = await import("./providers/lock-providers.js");
        const { writeStacks } = await import("./synth/synthesize.js");
        const options = {
          upgrade: name === "upgrade",
          platforms: platform,
          ...(fsMirror === undefined ? {} : { fsMirror: resolve(surroundings.calledIn, fsMirror) }),
          ...(netMirror === undefined ? {} : { netMirror }),
        };
        await lockProviders(surroundings, options, writeStacks);
      });
  }
  command
    .addHelpText(
      "after",
      [
        "\nWrites providers/<kind of stack>/.terraform.lock.hcl for all environments together: the version of each",
        "provider plugin and the checksums of its packages. Commit them; foundry synth puts them beside the stacks, and",
        "terraform init then takes these plugins and no others. Needs Terraform 1.10 or newer (or OpenTofu, by",
        "TERRAFORM_BINARY_NAME=tofu). With a mirror, the checksums are of what the mirror holds.",
      ].join("\n"),
    )
    .addHelpText("after", examples("foundry providers lock", "foundry providers upgrade"));
};
