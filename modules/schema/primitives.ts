import { Netmask } from "netmask";
import { z } from "zod";
import { described } from "./descriptions";
import { examples } from "./examples";

export const accountId = described(
  "An AWS account id, twelve digits. Source: AWS Account Management reference.",
  z
    .string()
    .regex(/^\d{12}$/, "an AWS account id is twelve digits")
    .register(examples, { example: "123456789012" }),
);

export const region = described(
  "An AWS region, such as `us-west-2`, `us-gov-east-1` or `cn-north-1`.",
  z
    .string()
    .regex(/^[a-z]{2,4}(-[a-z]+)+-\d$/, "a region looks like us-west-2")
    .register(examples, { example: "us-west-2" }),
);

export const partition = described("A partition of AWS.", z.enum(["aws", "aws-cn", "aws-us-gov"]));

export const arn = described(
  "Any ARN, in any partition.",
  z
    .string()
    .regex(
      /^arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:(\d{12}|aws)?:.+$/,
      "an ARN looks like arn:aws:service:region:account:resource",
    )
    .register(examples, { example: "arn:aws:kms:us-west-2:123456789012:key/11111111-2222-3333-4444-555555555555" }),
);

export const iamResource = described(
  "Resources of an IAM policy by ARN, with `*` where region or account do not matter.",
  z
    .string()
    .regex(
      /^arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*\*?:(\d{12}|aws|\*)?:.+$/,
      "a resource of a policy looks like arn:aws:service:region:account:resource, with * where all are meant",
    )
    .register(examples, { example: "arn:aws:s3:::example-bucket/*" }),
);

export const principalArn = described(
  "An IAM principal by ARN: a role, a user or a whole account (`…:root`).",
  z
    .string()
    .regex(
      /^arn:aws[a-z-]*:iam::\d{12}:(root|(role|user)\/.+)$/,
      "a principal is the ARN of an IAM role, a user or an account's root",
    )
    .register(examples, { example: "arn:aws:iam::123456789012:role/operators" }),
);

/** An IPv4 network as its first address and prefix; undefined where the text is none. */
export function networkOf(text: string): string | undefined {
  // The parser takes IPv6 and shortened forms too.
  if (!/^(\d+\.){3}\d+\/\d+$/.test(text)) return undefined;
  try {
    return new Netmask(text).toString();
  } catch {
    return undefined;
  }
}

function wrongNetwork(text: string): string {
  if (text.includes(":")) return "networks and endpoints here are IPv4 alone";
  const meant = networkOf(text);
  return `an IPv4 network is written with its first address, ${meant === undefined ? "like 10.0.0.0/16" : `here ${meant}`}`;
}

export const cidr = described(
  "An IPv4 network in CIDR notation, written with its first address: `10.0.0.0/16`.",
  z
    .string()
    .refine((text) => networkOf(text) === text, { error: ({ input }) => wrongNetwork(String(input)) })
    .register(examples, { example: "10.0.0.0/16", meant: networkOf }),
);

export const dnsLabel = described(
  "A Kubernetes name: an RFC 1123 label of at most 63 characters.",
  z
    .string()
    .regex(
      /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
      "a Kubernetes name has lower-case letters, digits and hyphens, at most 63, and no hyphen at an end",
    )
    .register(examples, { example: "shop" }),
);

export const hostname = described(
  "A DNS name, with `*.` allowed in front.",
  z
    .string()
    .regex(
      /^(\*|(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,})$/,
      "a host is a DNS name such as api.example.com, *.example.com or *",
    )
    .register(examples, { example: "api.example.com" }),
);

const qualifiedName = /^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/;

export const labels = described(
  'Labels by key. Source: kubernetes.io, "Labels and Selectors".',
  z.record(
    z
      .string()
      .regex(qualifiedName, "a label's key has letters, digits and - _ . , at most 63, after an optional domain and /")
      .register(examples, { example: "team" }),
    z
      .string()
      .regex(
        /^([A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?$/,
        "a label's value has letters, digits and - _ . , at most 63",
      )
      .register(examples, { example: "platform" }),
  ),
);

export const annotations = described(
  'Annotations by key. Source: kubernetes.io, "Annotations".',
  z.record(
    z
      .string()
      .regex(
        qualifiedName,
        "an annotation's key has letters, digits and - _ . , at most 63, after an optional domain and /",
      )
      .register(examples, { example: "example.com/owner" }),
    z.string(),
  ),
);

export const path = described(
  "A URL path, as far as routes need it.",
  z
    .string()
    .regex(/^\/[^\s?#]*$/, "a path begins with / and has no space, ? or #")
    .register(examples, { example: "/healthz" }),
);

export const port = described("A TCP port.", z.number().int().min(1).max(65535).register(examples, { example: 8080 }));

export const reason = described(
  "Why a weaker choice was made: a sentence for the reviewer.",
  z
    .string()
    .min(10, "say why in a sentence of ten characters or more")
    .register(examples, { example: "The security team agreed to it on 2026-11-02." }),
);

const retentions = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;
export const retentionDays = described(
  "Days that CloudWatch Logs keeps a log group. Source: PutRetentionPolicy in the CloudWatch Logs API reference.",
  z.literal(retentions),
);

export const cpu = described(
  "CPU in cores or millicores, a Kubernetes quantity.",
  z
    .string()
    .regex(/^\d+(\.\d{1,3})?$|^\d+m$/, "CPU is a number of cores or of millicores: 1, 0.5, 250m")
    .register(examples, { example: "250m" }),
);
export const memory = described(
  "Memory in bytes with a suffix, a Kubernetes quantity.",
  z
    .string()
    .regex(/^\d+(Ki|Mi|Gi|Ti|k|M|G|T)?$/, "memory is a quantity such as 256Mi or 1Gi")
    .register(examples, { example: "256Mi" }),
);

/** Values that a JSON document may hold. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export const json = described<z.ZodType<Json, Json>>("Any value of JSON.", z.json());
