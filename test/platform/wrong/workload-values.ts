import { everyRouteKind, type WrongEnvironment, workload } from "../fixtures";

export const wrongWorkloadValues: readonly WrongEnvironment[] = [
  {
    rule: "a transposed kind names the one that was meant",
    environment: workload({ routes: [{ kind: "abl" }] }),
    reported: [
      [
        "workloads.shop.routes[0].kind",
        '"abl"',
        `\`workloads.shop.routes[0]\` has no such kind; there is ${everyRouteKind}.`,
        'Did you mean "alb"?',
      ],
    ],
  },
  {
    rule: "a reason is a sentence",
    environment: workload({ security: { kind: "privileged", reason: "needed" } }),
    reported: [
      [
        "workloads.shop.security.reason",
        '"needed"',
        "Say why in a sentence of ten characters or more.",
        "Write for the reviewer why it is meant, or make the choice that needs no reason.",
      ],
    ],
  },
  {
    rule: "an image has a tag or a digest",
    environment: workload({ image: { repository: "shop" } }),
    reported: [
      [
        "workloads.shop.image",
        '{ repository: "shop" }',
        "`workloads.shop.image` needs `tag` or `digest`.",
        'Add `tag: "1.0.0"` or `digest: "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"`.',
      ],
    ],
  },
  {
    rule: "an image is an object",
    environment: workload({ image: "nginx:1.0.0" }),
    reported: [
      [
        "workloads.shop.image",
        '"nginx:1.0.0"',
        "An object is expected here, not text.",
        'Write a value such as { repository: "shop", tag: "1.0.0" }.',
      ],
    ],
  },
  {
    rule: "a port is a number",
    environment: workload({ port: "8080" }),
    reported: [
      ["workloads.shop.port", '"8080"', "A number is expected here, not text.", "Write it without quotes: 8080."],
    ],
  },
  {
    rule: "a port is not above 65535",
    environment: workload({ port: 99999 }),
    reported: [["workloads.shop.port", "99999", "The most it can be is 65535.", "Write 65535 or less."]],
  },
  {
    rule: "a number of pods is whole",
    environment: workload({ replicas: 1.5 }),
    reported: [["workloads.shop.replicas", "1.5", "A whole number is expected here, not a fraction.", "Write 1 or 2."]],
  },
  {
    rule: "a variable is text or a reference",
    environment: workload({ environment: { LEVEL: 5 } }),
    reported: [
      [
        "workloads.shop.environment.LEVEL",
        "5",
        "Text is expected here, not a number; or: an object is expected here, not a number.",
        'Write it in quotes: "5".',
      ],
    ],
  },
  {
    rule: "a variable has a name that a shell takes",
    environment: workload({ environment: { "1ST": "x" } }),
    reported: [
      [
        'workloads.shop.environment["1ST"]',
        '"1ST"',
        "A variable's name has letters, digits and _, and no digit in front.",
        'Rename it to something like "LOG_LEVEL".',
      ],
    ],
  },
  {
    rule: "a quantity has a unit that Kubernetes knows",
    environment: workload({ resources: { limits: { memory: "1gb" } } }),
    reported: [
      [
        "workloads.shop.resources.limits.memory",
        '"1gb"',
        "Memory is a quantity such as 256Mi or 1.5Gi, and more than nothing.",
        'Write a value such as "256Mi".',
      ],
    ],
  },
  {
    rule: "a probe over HTTP has a path",
    environment: workload({ probes: { readiness: { kind: "http" } } }),
    reported: [
      [
        "workloads.shop.probes.readiness.path",
        "nothing",
        "It has no default, so it must be there.",
        'Add `path: "/healthz"` to `workloads.shop.probes.readiness`.',
      ],
    ],
  },
  {
    rule: "routes are a list",
    environment: workload({ routes: { kind: "alb" } }),
    reported: [
      [
        "workloads.shop.routes",
        '{ kind: "alb" }',
        "A list is expected here, not an object.",
        'Write a list: [{ kind: "alb" }].',
      ],
    ],
  },
  {
    rule: "a host is a DNS name",
    environment: workload({ routes: [{ kind: "alb", host: "https://shop.example.com" }] }),
    reported: [
      [
        "workloads.shop.routes[0].host",
        '"https://shop.example.com"',
        "A host is a DNS name such as api.example.com, *.example.com or *, its parts at most 63 characters.",
        'Write a value such as "api.example.com".',
      ],
    ],
  },
  {
    rule: "an annotation has a key that Kubernetes takes",
    environment: workload({ podAnnotations: { "not a key": "x" } }),
    reported: [
      [
        'workloads.shop.podAnnotations["not a key"]',
        '"not a key"',
        "An annotation's key has letters, digits and - _ . , at most 63, after an optional domain and /.",
        'Rename it to something like "example.com/owner".',
      ],
    ],
  },
];
