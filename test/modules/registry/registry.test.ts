import { TerraformOutput } from "cdktf";
import { describe, expect, test } from "vitest";
import type { z } from "zod";
import { Registry } from "../../../modules/registry/registry";
import { registrySchema } from "../../../modules/registry/schema";
import { resource, resources, synthModule, type TerraformJson } from "../../support/synth";

type Repositories = NonNullable<z.input<typeof registrySchema>["repositories"]>;

function synthRegistry(repositories: Repositories): TerraformJson {
  return synthModule((stack) => {
    const registry = new Registry(stack, "registry", registrySchema.parse({ repositories }));
    new TerraformOutput(stack, "urls", { value: registry.urls });
  });
}

function repository(options: Repositories[string]): Readonly<Record<string, unknown>> {
  return resource(synthRegistry({ app: options }), "aws_ecr_repository", "registry_app");
}

function accessPolicy(options: Repositories[string]): unknown {
  const json = synthRegistry({ app: options });
  return JSON.parse(String(resource(json, "aws_ecr_repository_policy", "registry_app_access")["policy"]));
}

const reader = "arn:aws:iam::210987654321:root";
const builder = "arn:aws:iam::123456789012:role/builder";
const pull = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];
const push = [
  "ecr:BatchCheckLayerAvailability",
  "ecr:CompleteLayerUpload",
  "ecr:InitiateLayerUpload",
  "ecr:PutImage",
  "ecr:UploadLayerPart",
];

describe("ECR repository", () => {
  test("scans on push, keeps its tags, is encrypted and refuses to go with its images unless the environment says otherwise", () => {
    expect(repository({})).toEqual({
      name: "app",
      image_tag_mutability: "IMMUTABLE",
      image_scanning_configuration: { scan_on_push: true },
      encryption_configuration: [{ encryption_type: "AES256" }],
      force_delete: false,
    });
  });

  test("deletes its images with the repository where the environment says why, and keeps them otherwise", () => {
    const options = {
      images: { kind: "delete-with-repository", reason: "a repository of an environment for tests" },
    } as const;
    expect(repository(options)["force_delete"]).toBe(true);
    expect(repository({})["force_delete"]).toBe(false);
  });

  test("lets tags move when a reason is given", () => {
    const options = { tags: { kind: "mutable", reason: "the build still pushes latest" } } as const;
    expect(repository(options)["image_tag_mutability"]).toBe("MUTABLE");
    expect(registrySchema.safeParse({ repositories: { app: { tags: { kind: "mutable" } } } }).success).toBe(false);
  });

  test("does not scan where the environment says so", () => {
    expect(repository({ scanOnPush: false })["image_scanning_configuration"]).toEqual({ scan_on_push: false });
  });

  test("is encrypted with the account's key for ECR or with a key by ARN", () => {
    const keyArn = "arn:aws:kms:us-west-2:123456789012:key/11111111-2222-4333-8444-555555555555";
    expect(repository({ encryption: { kind: "kms" } })["encryption_configuration"]).toEqual([
      { encryption_type: "KMS" },
    ]);
    expect(repository({ encryption: { kind: "kms", keyArn } })["encryption_configuration"]).toEqual([
      { encryption_type: "KMS", kms_key: keyArn },
    ]);
  });

  test("drops untagged images by age, then all but the newest tagged ones", () => {
    const json = synthRegistry({ app: { keep: { taggedImages: 20, untaggedDays: 3 } } });
    const lifecycle = resource(json, "aws_ecr_lifecycle_policy", "registry_app_lifecycle");
    expect(lifecycle["repository"]).toBe("${aws_ecr_repository.registry_app.name}");
    expect(JSON.parse(String(lifecycle["policy"]))).toEqual({
      rules: [
        {
          rulePriority: 1,
          description: "Untagged images go 3 days after their push",
          selection: { tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days", countNumber: 3 },
          action: { type: "expire" },
        },
        {
          rulePriority: 2,
          description: "The newest 20 tagged images stay",
          selection: { tagStatus: "tagged", tagPatternList: ["*"], countType: "imageCountMoreThan", countNumber: 20 },
          action: { type: "expire" },
        },
      ],
    });
  });

  test("keeps 50 tagged images and untagged ones 14 days by default", () => {
    const json = synthRegistry({ app: {} });
    const { rules } = JSON.parse(
      String(resource(json, "aws_ecr_lifecycle_policy", "registry_app_lifecycle")["policy"]),
    );
    expect(rules.map((rule: { selection: { countNumber: number } }) => rule.selection.countNumber)).toEqual([14, 50]);
  });
});

describe("access to a repository", () => {
  test("without principals there is no repository policy", () => {
    expect(resources(synthRegistry({ app: {} }), "aws_ecr_repository_policy")).toEqual([]);
  });

  test("a principal that pulls may do that and no more", () => {
    expect(accessPolicy({ pull: [reader] })).toEqual({
      Version: "2012-10-17",
      Statement: [{ Sid: "Pull", Effect: "Allow", Principal: { AWS: [reader] }, Action: pull }],
    });
  });

  test("a principal that pushes may pull too", () => {
    expect(accessPolicy({ push: [builder] })).toEqual({
      Version: "2012-10-17",
      Statement: [{ Sid: "Push", Effect: "Allow", Principal: { AWS: [builder] }, Action: [...pull, ...push] }],
    });
  });

  test("those who pull and those who push have a statement each", () => {
    expect(accessPolicy({ pull: [reader], push: [builder] })).toMatchObject({
      Statement: [
        { Sid: "Pull", Principal: { AWS: [reader] } },
        { Sid: "Push", Principal: { AWS: [builder] } },
      ],
    });
  });

  test("nobody can be everybody", () => {
    for (const everybody of ["*", "arn:aws:iam::*:root"]) {
      expect(registrySchema.safeParse({ repositories: { app: { pull: [everybody] } } }).success).toBe(false);
    }
  });
});

describe("registry", () => {
  test("repositories have exactly the names given, without prefix", () => {
    const json = synthRegistry({ "predict-server-image-eks": {}, "team/app.web": {} });
    expect(resource(json, "aws_ecr_repository", "registry_predict-server-image-eks")["name"]).toBe(
      "predict-server-image-eks",
    );
    expect(resource(json, "aws_ecr_repository", "registry_team--app_web")["name"]).toBe("team/app.web");
  });

  test("every repository's address can be read by its name", () => {
    const json = synthRegistry({ app: {}, "team/web": {} });
    expect(json.output["urls"]?.value).toEqual({
      app: "${aws_ecr_repository.registry_app.repository_url}",
      "team/web": "${aws_ecr_repository.registry_team--web.repository_url}",
    });
  });

  test("without repositories there is nothing", () => {
    expect(synthRegistry({}).resource).toEqual({});
  });
});
