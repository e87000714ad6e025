import { describe, expect, it } from "vitest";
import { countsOf, errorsOf, missingPlugin } from "../src/terraform";

const finding = `Initializing the backend...
Initializing provider plugins...
- Finding hashicorp/aws versions matching ">= 5.100.0, < 7.0.0"...
- Finding hashicorp/helm versions matching "~> 2.13"...
`;

/** With a mirror that has none of the plugins; Terraform 1.11, as are all texts here. */
const notInMirror = `${finding}
Error: Failed to query available provider packages

Could not retrieve the list of available versions for provider
hashicorp/helm: provider registry.terraform.io/hashicorp/helm was not found
in any of the search locations

  - /opt/plugins
`;

/** The same on a terminal. */
const framed = `${finding}╷
│ Error: Failed to query available provider packages
│ 
│ Could not retrieve the list of available versions for provider
│ hashicorp/helm: provider registry.terraform.io/hashicorp/helm was not found
│ in any of the search locations
│ 
│   - /opt/plugins
╵
`;

const unreachable = `${finding}
Error: Failed to query available provider packages

Could not retrieve the list of available versions for provider hashicorp/aws:
could not connect to registry.terraform.io: failed to request discovery
document: Get "https://registry.terraform.io/.well-known/terraform.json":
proxyconnect tcp: dial tcp 127.0.0.1:1: connect: connection refused

To see which modules are currently depending on hashicorp/aws and what
versions are specified, run the following command:
    terraform providers
`;

const broken = `${finding}- Installing hashicorp/helm v2.17.0...

Error: Failed to install provider

Error while installing hashicorp/helm v2.17.0: zip: not a valid zip file
`;

const backend = `
Initializing the backend...

Error: Missing region value

  on cdk.tf.json line 1, in terraform.backend.s3:
   1: {"terraform":{"backend":{"s3":{"bucket":"x"}}}}

The "region" attribute or the "AWS_REGION" or "AWS_DEFAULT_REGION"
environment variables must be set.
`;

const refused = `
Plan: 2 to add, 0 to change, 0 to destroy.
terraform_data.c: Creating...
terraform_data.c (local-exec): Error: not ours
╷
│ Error: local-exec provisioner error
│ 
│   with terraform_data.c,
│   on cdk.tf.json line 1, in resource.terraform_data.c.provisioner.local-exec:
│ 
│ Error running command 'exit 3': exit status 3.
╵
╷
│ Error: execution halted
│ 
╵
`;

describe("the errors of Terraform's output", () => {
  it("are every error block, without frames, without what came before", () => {
    expect(errorsOf(refused)).toBe(
      "Error: local-exec provisioner error\n\n  with terraform_data.c,\n" +
        "  on cdk.tf.json line 1, in resource.terraform_data.c.provisioner.local-exec:\n\n" +
        "Error running command 'exit 3': exit status 3.\n\n\nError: execution halted",
    );
  });

  it("are the same with and without frames", () => {
    expect(errorsOf(framed)).toBe(errorsOf(notInMirror));
    expect(errorsOf(framed)).toMatch(/^Error: Failed to query available provider packages\n\nCould not/);
  });

  it("are none where there is none", () => {
    expect(errorsOf("Apply complete! Resources: 2 added, 0 changed, 0 destroyed.\n")).toBe("");
    expect(errorsOf("terraform_data.c (local-exec): Error: not ours\n")).toBe("");
  });
});

describe("the counts of Terraform's last line", () => {
  it.each([
    ["Apply complete! Resources: 50 added, 0 changed, 0 destroyed.", "50 added"],
    [
      "Apply complete! Resources: 1 added, 1 changed, 2 destroyed.\n\nOutputs:\n\nx = 1\n",
      "1 added, 1 changed, 2 destroyed",
    ],
    ["Apply complete! Resources: 1 imported, 0 added, 0 changed, 2 destroyed.", "1 imported, 2 destroyed"],
    ["Apply complete! Resources: 0 added, 0 changed, 0 destroyed.", "no changes"],
    ["Destroy complete! Resources: 10 destroyed.", "10 destroyed"],
    ["Destroy complete! Resources: 0 destroyed.", "no changes"],
  ])("of %j are %j", (output, counts) => {
    expect(countsOf(`Plan: 7 to add, 7 to change, 7 to destroy.\n\n${output}\n`)).toBe(counts);
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
    ["in no mirror", notInMirror, inMirror],
    ["in no mirror, on a terminal", framed, inMirror],
    [
      "behind a network that does not answer",
      unreachable,
      "plugin hashicorp/aws cannot be had: could not connect to registry.terraform.io: failed to request discovery " +
        'document: Get "https://registry.terraform.io/.well-known/terraform.json": proxyconnect tcp: dial tcp ' +
        "127.0.0.1:1: connect: connection refused",
    ],
    ["in a package that is broken", broken, "plugin hashicorp/helm v2.17.0 cannot be had: zip: not a valid zip file"],
  ])("%s is named with the reason, in one line", (_, output, reason) => {
    expect(missingPlugin(output)).toBe(reason);
  });

  it("is not the trouble where the backend is", () => {
    expect(missingPlugin(backend)).toBeUndefined();
  });

  it("is the first one of several, with its own reason alone", () => {
    const second = notInMirror.slice(finding.length).replaceAll("hashicorp/helm", "hashicorp/aws");
    expect(missingPlugin(notInMirror + second)).toBe(inMirror);
  });
});
