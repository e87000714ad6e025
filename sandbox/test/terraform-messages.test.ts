import { describe, expect, it } from "vitest";
import { countsOf, errorsOf, missingPlugin, readableOutput } from "../src/terraform-messages";
import { changed, diagnostic, lines } from "./terraform-prints";

const version = { "@level": "info", "@message": "Terraform 1.11.4", terraform: "1.11.4", type: "version", ui: "1.2" };

const planned = changed("plan", { add: 7, change: 7, remove: 7 });

const inNoMirror = (plugin: string) =>
  diagnostic(
    "error",
    "Failed to query available provider packages",
    `Could not retrieve the list of available versions for provider ${plugin}: provider registry.terraform.io/${plugin} ` +
      "was not found in any of the search locations\n\n  - /opt/plugins",
  );

const refused = lines(
  version,
  planned,
  { "@message": "terraform_data.c: (local-exec): Error: not ours", type: "provision_progress" },
  diagnostic("warning", "Deprecated attribute", "It goes."),
  diagnostic(
    "error",
    "local-exec provisioner error",
    "Error running command 'exit 3': exit status 3.",
    "terraform_data.c",
  ),
  diagnostic("error", "execution halted", ""),
);

describe("the errors of Terraform's output", () => {
  it("are every error with its resource and its detail, and no warning", () => {
    expect(errorsOf(refused)).toBe(
      "Error: local-exec provisioner error\n\n  with terraform_data.c\n\n" +
        "Error running command 'exit 3': exit status 3.\n\nError: execution halted",
    );
  });

  it("are found between lines that are no messages", () => {
    expect(errorsOf(`panic: {\n${refused}[1]\n"text"\nnull\n`)).toBe(errorsOf(refused));
  });

  it("are none where there is none", () => {
    expect(errorsOf(lines(version, planned))).toBe("");
  });
});

describe("the counts of what Terraform changed", () => {
  it.each([
    ["apply", { add: 50 }, "50 added"],
    ["apply", { add: 1, change: 1, remove: 2 }, "1 added, 1 changed, 2 destroyed"],
    ["apply", { import: 1, remove: 2 }, "1 imported, 2 destroyed"],
    ["apply", {}, "no changes"],
    ["destroy", { remove: 10 }, "10 destroyed"],
  ])("of %s with %j are %j", (operation, changes, counts) => {
    expect(countsOf(lines(version, planned, changed(operation, changes), { type: "outputs", outputs: {} }))).toBe(
      counts,
    );
  });

  it("are none where Terraform did not come that far", () => {
    expect(countsOf(refused)).toBeUndefined();
  });
});

describe("a plugin that cannot be had", () => {
  const inMirror =
    "plugin hashicorp/helm cannot be had: provider registry.terraform.io/hashicorp/helm was not found in any of the " +
    "search locations - /opt/plugins";

  it.each([
    ["in no mirror", inNoMirror("hashicorp/helm"), inMirror],
    [
      "behind a network that does not answer",
      diagnostic(
        "error",
        "Failed to query available provider packages",
        "Could not retrieve the list of available versions for provider hashicorp/aws: could not connect to " +
          "registry.terraform.io: connection refused\n\nTo see which modules are currently depending on hashicorp/aws and " +
          "what versions are specified, run the following command:\n    terraform providers",
      ),
      "plugin hashicorp/aws cannot be had: could not connect to registry.terraform.io: connection refused",
    ],
    [
      "in a package that is broken",
      diagnostic(
        "error",
        "Failed to install provider",
        "Error while installing hashicorp/helm v2.17.0: zip: not a valid zip file",
      ),
      "plugin hashicorp/helm v2.17.0 cannot be had: zip: not a valid zip file",
    ],
  ])("%s is named with the reason, in one line", (_, message, reason) => {
    expect(missingPlugin(lines(version, message))).toBe(reason);
  });

  it("is not the trouble where the backend is", () => {
    const backend = diagnostic("error", "Missing region value", 'The "region" attribute must be set.');
    expect(missingPlugin(lines(version, backend))).toBeUndefined();
  });

  it("is the first one of several, with its own reason alone", () => {
    expect(missingPlugin(lines(inNoMirror("hashicorp/helm"), inNoMirror("hashicorp/aws")))).toBe(inMirror);
  });
});

it("an output is read as its messages' texts and its other lines", () => {
  expect(readableOutput(`${lines(version, planned)}signal: killed\n`)).toBe(
    "Terraform 1.11.4\nplan complete\nsignal: killed",
  );
});
