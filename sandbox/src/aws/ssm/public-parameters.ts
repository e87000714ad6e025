import { z } from "zod";
import { releaseVersion } from "../eks/nodegroups";
import { type Extension, jsonAnswer } from "../exchange";
import { jsonObject } from "../overlay";

const request = z.object({ Name: z.string() });

const released = [
  /^\/aws\/service\/eks\/optimized-ami\/(\d+\.\d+)\/amazon-linux-2023\/(?:x86_64|arm64)\/\w+\/recommended\/release_version$/,
  /^\/aws\/service\/bottlerocket\/aws-k8s-(\d+\.\d+)\/(?:x86_64|arm64)\/latest\/image_version$/,
];

/** AWS's public parameters that name the newest release of an image of nodes; moto has those of ECS alone. */
export function publicParameterExtension(): Extension {
  return {
    service: "ssm",
    async answer({ headers, body, scope }) {
      if (!String(headers["x-amz-target"]).endsWith(".GetParameter")) return undefined;
      const name = request.safeParse(jsonObject(body)).data?.Name ?? "";
      const [, kubernetesVersion] = released.map((pattern) => pattern.exec(name)).find((found) => found !== null) ?? [];
      if (kubernetesVersion === undefined) return undefined;
      return jsonAnswer({
        Parameter: {
          Name: name,
          Type: "String",
          Value: releaseVersion(kubernetesVersion),
          Version: 1,
          ARN: `arn:aws:ssm:${scope.region}::parameter${name}`,
          DataType: "text",
        },
      });
    },
  };
}
