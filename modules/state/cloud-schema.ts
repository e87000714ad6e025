import { z } from "zod";
import { described } from "../schema/descriptions";
import { examples } from "../schema/examples";
import { domainName, policyArns, reason, roleArn } from "../schema/primitives";

const runs = described(
  "Where a run executes Terraform.",
  z.discriminatedUnion("kind", [
    described(
      "On the machines of Terraform Cloud, or of your Terraform Enterprise.",
      z.strictObject({ kind: z.literal("remote") }),
    ),
    described(
      "On agents of yours, which may stand where a private endpoint is reached from.",
      z.strictObject({
        kind: z.literal("agent"),
        pool: described(
          "Id of the agent pool.",
          z
            .string()
            .regex(/^apool-[A-Za-z0-9]+$/, "an agent pool looks like apool-0123456789abcdef")
            .register(examples, { example: "apool-0123456789abcdef" }),
        ),
        awsCli: described(
          "Whether the agents' image has the AWS CLI, which `cluster.credentials: \"exec\"` calls. HashiCorp's own image has none.",
          z.boolean().default(false),
        ),
      }),
    ),
    described(
      "Where the command is called; Terraform Cloud keeps the state and its lock alone.",
      z.strictObject({ kind: z.literal("local") }),
    ),
  ]),
);

const trigger = described(
  "What starts a run.",
  z.discriminatedUnion("kind", [
    described(
      "Terraform or the CLI of cdktf, called by a person or a pipeline.",
      z.strictObject({ kind: z.literal("cli") }),
    ),
    described(
      "A commit of synthesized stacks, and the run of a stack that this one reads.",
      z.strictObject({
        kind: z.literal("vcs"),
        repository: described(
          "Repository that holds the synthesized stacks.",
          z
            .string()
            .regex(/^[\w.-]+(\/[\w.-]+)+$/, "a repository looks like example/stacks")
            .register(examples, { example: "example/stacks" }),
        ),
        branch: described(
          "Branch whose commits are applied. Default: that of the repository.",
          z
            .string()
            .regex(/^[\w./-]+$/, "a branch has letters, digits and . _ / -")
            .register(examples, { example: "main" })
            .optional(),
        ),
        folder: described(
          "Folder of the repository that holds one folder a stack.",
          z
            .string()
            .regex(/^[\w.-]+(\/[\w.-]+)*$/, "a folder is relative to the repository, without a slash at either end")
            .register(examples, { example: "stacks" })
            .default("stacks"),
        ),
        connection: described(
          "How Terraform Cloud reads the repository.",
          z.discriminatedUnion("kind", [
            z.strictObject({
              kind: z.literal("oauth-token"),
              id: described(
                "Id of the OAuth token that the VCS provider of the organization has.",
                z
                  .string()
                  .regex(/^ot-[A-Za-z0-9]+$/, "an OAuth token looks like ot-0123456789abcdef")
                  .register(examples, { example: "ot-0123456789abcdef" }),
              ),
            }),
            z.strictObject({
              kind: z.literal("github-app"),
              installationId: described(
                "Id of the GitHub App's installation, as Terraform Cloud names it.",
                z
                  .string()
                  .regex(/^ghain-[A-Za-z0-9]+$/, "an installation looks like ghain-0123456789abcdef")
                  .register(examples, { example: "ghain-0123456789abcdef" }),
              ),
            }),
          ]),
        ),
      }),
    ),
  ]),
);

const credentials = described(
  "How runs sign in to AWS. Nothing of it is in a stack's JSON.",
  z.discriminatedUnion("kind", [
    described(
      "By a token of each run: IAM trusts Terraform Cloud, and each workspace has a role that plans and one that applies. " +
        'Source: HCP Terraform, "Dynamic credentials with the AWS provider".',
      z.strictObject({
        kind: z.literal("dynamic"),
        oidcProvider: described(
          "Whether the identity provider of Terraform Cloud in IAM is made here, once an account, or is there already.",
          z.enum(["create", "existing"]).default("create"),
        ),
        planPolicyArns: described(
          "Policies of the roles that plan, beside the reading calls of the policies in `docs/permissions/`.",
          policyArns(),
        ),
        applyPolicyArns: described(
          "Policies of the roles that apply, beside those in `docs/permissions/`.",
          policyArns(),
        ),
        madeBy: described(
          "Role to assume for making the identity provider and the roles. Default: the caller's own credentials.",
          roleArn.optional(),
        ),
      }),
    ),
    described(
      "By variables that you keep in the workspaces, or in a variable set of yours.",
      z.strictObject({ kind: z.literal("variables"), reason }),
    ),
  ]),
);

const notification = z.strictObject({
  kind: described(
    "Who is told. The address is a secret and stands in no file: it is the variable `notification_<name>_url` of the workspaces stack.",
    z.enum(["slack", "microsoft-teams", "generic"]),
  ),
  triggers: described(
    'What about. Source: HCP Terraform API, "Notification configurations".',
    z
      .array(
        z.enum(["run:created", "run:planning", "run:needs_attention", "run:applying", "run:completed", "run:errored"]),
      )
      .min(1, "a notification without a trigger tells nobody anything")
      .default(["run:needs_attention", "run:errored"]),
  ),
});

/** State and runs in Terraform Cloud. */
export const cloudStateSchema = described(
  "Terraform Cloud or Enterprise: one workspace a stack, named like it. A fifth stack, `<organization>-workspaces`, makes them.",
  z.strictObject({
    kind: z.literal("cloud"),
    organization: described(
      "Name of the organization.",
      z
        .string()
        .regex(
          /^[A-Za-z0-9][A-Za-z0-9_-]{2,39}$/,
          "an organization's name has 3 to 40 letters, digits, hyphens and underscores",
        )
        .register(examples, { example: "example" }),
    ),
    hostname: described(
      "Host of the API: another one for Terraform Enterprise.",
      domainName.default("app.terraform.io"),
    ),
    project: described(
      "Project that the workspaces are in; the workspaces stack makes it. Default: the organization's default project.",
      z
        .string()
        .regex(
          /^[A-Za-z0-9_-][A-Za-z0-9 _-]{1,38}[A-Za-z0-9_-]$/,
          "a project's name has 3 to 40 letters, digits, spaces, hyphens and underscores",
        )
        .register(examples, { example: "platform" })
        .optional(),
    ),
    terraformVersion: described(
      "Terraform that runs use, and the oldest that may write the state.",
      z
        .string()
        .regex(/^\d+\.\d+\.\d+$/, "one version, such as 1.11.4: a range would change under a plan that waits")
        .register(examples, { example: "1.11.4" })
        .default("1.11.4"),
    ),
    runs: runs.prefault({ kind: "remote" }),
    trigger: trigger.prefault({ kind: "cli" }),
    autoApply: described(
      "Whether a plan is applied without a confirmation. Never in an environment for production.",
      z.boolean().default(false),
    ),
    credentials: credentials.prefault({ kind: "dynamic" }),
    notifications: described(
      "Who is told of runs, by a name of yours. Default: nobody.",
      z
        .record(
          z
            .string()
            .regex(/^[a-z][a-z0-9_]{0,39}$/, "a name has lower-case letters, digits and underscores, at most 40")
            .register(examples, { example: "platform" }),
          notification,
        )
        .default({}),
    ),
    tags: described(
      "Tags of the workspaces, beside `environment` and `stack`.",
      z
        .record(
          z
            .string()
            .regex(
              /^[A-Za-z0-9][A-Za-z0-9_.=+@:-]{0,127}$/,
              "a tag's key has letters, digits and _ . = + @ : -, at most 128",
            )
            .register(examples, { example: "team" }),
          z
            .string()
            .regex(
              /^[A-Za-z0-9 _.=+@:-]{0,256}$/,
              "a tag's value has letters, digits, spaces and _ . = + @ : -, at most 256",
            )
            .register(examples, { example: "platform" }),
        )
        .default({}),
    ),
  }),
);

/** Options of a state in Terraform Cloud. */
export type CloudState = z.output<typeof cloudStateSchema>;
