import { Netmask } from "netmask";
import { z } from "zod";
import { described } from "./descriptions";
import { examples } from "./examples";
import { findPartition, knownRegions, partitionNames } from "./partitions";
import { nearest } from "./suggest";

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
    .refine((name) => isRegion(name), "no partition of AWS has a region of this name")
    .register(examples, { example: "us-west-2", meant: (name) => nearest(name, knownRegions) }),
);

/** A region that AWS lists, or one that opened later: its name is made of the same words. */
function isRegion(name: string): boolean {
  if (knownRegions.includes(name)) return true;
  return findPartition(name) !== undefined && /-(central|(north|south)?(east|west)|north|south)-\d$/.test(name);
}

export const partition = described("A partition of AWS.", z.enum(partitionNames));

export const arn = described(
  "Any ARN, in any partition.",
  z
    .string()
    .regex(
      /^arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:(\d{12}|aws)?:.+$/,
      "an ARN looks like arn:aws:service:region:account:resource",
    )
    .register(examples, { example: "arn:aws:kms:us-west-2:123456789012:key/11111111-2222-4333-8444-555555555555" }),
);

/** Source: the S3 backend's own check of `kms_key_id`. */
export const kmsKeyArn = described(
  "A KMS key by ARN.",
  z
    .string()
    .regex(
      /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/([0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}|mrk-[0-9a-f]{32})$/,
      "a KMS key's ARN ends in key/ and the key's id, a UUID or mrk- and 32 hexadecimal digits",
    )
    .register(examples, { example: "arn:aws:kms:us-west-2:123456789012:key/11111111-2222-4333-8444-555555555555" }),
);

export const roleArn = described(
  "An IAM role by ARN.",
  z
    .string()
    .regex(
      /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/,
      "the ARN of a role looks like arn:aws:iam::123456789012:role/operators",
    )
    .register(examples, { example: "arn:aws:iam::123456789012:role/terraform" }),
);

export const policyArn = described(
  "A managed policy of IAM by ARN: one of the account's own, or one of AWS.",
  z
    .string()
    .regex(
      /^arn:aws[a-z-]*:iam::(\d{12}|aws):policy\/[\w+=,.@/-]+$/,
      "the ARN of a managed policy looks like arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess",
    )
    .register(examples, { example: "arn:aws:iam::123456789012:policy/orders" }),
);

/** Managed policies of a role, each once: names of an account's policies differ, whatever their path and case. */
export const policyArns = z
  .array(policyArn)
  .refine((arns) => new Set(arns.map((text) => text.split("/").at(-1)?.toLowerCase())).size === arns.length, {
    error: "a policy's name stands here once: IAM attaches a policy once, and no account has two of a name",
    params: { remedy: "take out the one that is there twice" },
  })
  .default([]);

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
      /^arn:aws[a-z-]*:iam::\d{12}:(root|(role|user)\/[\w+=,.@/-]+)$/,
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

/** The network that was meant where its prefix has to lie between two others. */
export function networkWithin(shortest: number, longest: number): (text: string) => string | undefined {
  return (text) => {
    const [address, prefix] = text.split("/");
    return networkOf(`${address}/${Math.min(Math.max(Number(prefix), shortest), longest)}`);
  };
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
      /^(\*|(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9]))$/,
      "a host is a DNS name such as api.example.com, *.example.com or *, its parts at most 63 characters",
    )
    .max(253, "a DNS name has at most 253 characters")
    .register(examples, { example: "api.example.com" }),
);

export const domainName = described(
  "A DNS name without `*`.",
  z
    .string()
    .regex(
      /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/,
      "a domain is a DNS name such as example.com, without *, its parts at most 63 characters",
    )
    .max(253, "a DNS name has at most 253 characters")
    .register(examples, { example: "example.com", meant: (text) => text.replace(/^\*\./, "") }),
);

export const qualifiedName = /^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/;

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
  "A URL path, as far as routes need it. Source: HTTPPathMatch of the Gateway API, and Kubernetes' check of an Ingress.",
  z
    .string()
    .regex(
      /^(?!.*(\/\/|\/\.\.?(\/|$)|%2[fF]))\/([A-Za-z0-9/._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})*$/,
      "a path begins with /, has no // and no . or .. between slashes, and holds what a URL's path may: letters, digits and -._~!$&'()*+,;=:@, all else as % and two hexadecimal digits, but for %2F",
    )
    .register(examples, { example: "/healthz" }),
);

export const mountPath = described(
  "A folder in a container. Source: Kubernetes API, VolumeMount.",
  z
    .string()
    .regex(
      /^(?!.*(\/\/|\/\.\.?(\/|$)))\/[^\s:]*[^\s:/]\/?$/,
      "a folder in a container begins with /, is not / itself, and has no space, no : and no . or .. between slashes",
    )
    .register(examples, { example: "/var/cache/shop" }),
);

export const objectKey = described(
  'Key of a Secret or ConfigMap. Source: kubernetes.io, "ConfigMaps".',
  z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,253}$/, "a key of a Secret or ConfigMap has letters, digits and . _ -, at most 253")
    .register(examples, { example: "password" }),
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
    .regex(
      /^(?!0+(\.0+)?([A-Za-z]|$))(\d+|\d+\.\d{1,3}(?=[A-Za-z]))(Ki|Mi|Gi|Ti|k|M|G|T)?$/,
      "memory is a quantity such as 256Mi or 1.5Gi, and more than nothing",
    )
    .register(examples, { example: "256Mi" }),
);

/** Values that a JSON document may hold. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export const json = described<z.ZodType<Json, Json>>("Any value of JSON.", z.json());
