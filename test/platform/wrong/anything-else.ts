import { cluster, environment, type WrongEnvironment } from "../fixtures";

const chart = { repository: "https://kedacore.github.io/charts", name: "keda", version: "2.18.1" };
const release = (options: object) => environment({ releases: { keda: { chart, ...options } } });
const configMap = (name: string, rest: object = {}) => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name },
  ...rest,
});
const manifest = (options: object) => environment({ manifests: { own: options } });

/** Add-ons, charts and objects that the project knows nothing of. */
export const wrongAnythingElse: readonly WrongEnvironment[] = [
  {
    rule: "a digest of a chart that nobody installs would pin nothing",
    environment: environment({ charts: { digests: { karpenter: `sha256:${"a".repeat(64)}` } } }),
    reported: [
      [
        "charts.digests.karpenter",
        '"karpenter"',
        "No controller of the environment comes from a chart of this name, so the digest would pin nothing.",
        "Write one of aws-load-balancer-controller, or take it out; the digest of a release stands in its own `chart`.",
      ],
    ],
  },
  {
    rule: "a digest is one of SHA-256",
    environment: release({ chart: { ...chart, digest: "2.18.1" } }),
    reported: [
      [
        "releases.keda.chart.digest",
        '"2.18.1"',
        "A digest is sha256: and 64 characters, 0 to 9 and a to f.",
        `Write a value such as "sha256:${"0123456789abcdef".repeat(4)}".`,
      ],
    ],
  },
  {
    rule: "an add-on of AWS among those that have a place of their own is sent to the other list",
    environment: cluster({ addons: { "aws-efs-csi-driver": {} } }),
    reported: [
      [
        'cluster.addons["aws-efs-csi-driver"]',
        "{}",
        "`cluster.addons` has no option `aws-efs-csi-driver`.",
        'Write `otherAddons: { "aws-efs-csi-driver": {} }` in the cluster, which takes any add-on of EKS.',
      ],
    ],
  },
  {
    rule: "an add-on with a place of its own is sent there",
    environment: cluster({ otherAddons: { coredns: {} } }),
    reported: [
      [
        "cluster.otherAddons.coredns",
        '{ version: "default", configuration: {}, runs: "after-nodes", preserve: false, credentials: {} }',
        "This add-on has its own place, where its role and its order come with it.",
        'Write `addons: { "coredns": {} }` in the cluster, with its version and configuration.',
      ],
    ],
  },
  {
    rule: "a role of an add-on has a name that IAM takes",
    environment: cluster({
      otherAddons: {
        "aws-secrets-store-csi-driver-provider": {
          credentials: { "secrets-store-csi-driver-provider": { kind: "role" } },
        },
      },
    }),
    reported: [
      [
        'cluster.otherAddons["aws-secrets-store-csi-driver-provider"].credentials["secrets-store-csi-driver-provider"]',
        '"secrets-store-csi-driver-provider"',
        "Its role would be called dev-aws-secrets-store-csi-driver-provider-secrets-store-csi-driver-provider, which is 75 characters; IAM allows 64.",
        'Make the role elsewhere and write `{ kind: "existing", roleArn: "..." }`.',
      ],
    ],
  },
  {
    rule: "roles of add-ons have the agent that hands them out",
    environment: cluster(
      {
        addons: { "eks-pod-identity-agent": "off", "aws-ebs-csi-driver": "off" },
        otherAddons: { adot: { credentials: { adot: { kind: "role" } } } },
      },
      { controllers: {}, identity: { workloads: "irsa" } },
    ),
    reported: [
      [
        "cluster.otherAddons.adot.credentials",
        '{ adot: { kind: "role", statements: [], policyArns: [] } }',
        "The agent of Pod Identity, which hands these roles out, is off.",
        'Take `"eks-pod-identity-agent": "off"` out of cluster.addons.',
      ],
    ],
  },
  {
    rule: "a chart has one version",
    environment: release({ chart: { ...chart, version: "^2.18.0" } }),
    reported: [
      [
        "releases.keda.chart.version",
        '"^2.18.0"',
        "A chart has one version, such as 2.18.1, and no range.",
        'Write a value such as "2.18.1".',
      ],
    ],
  },
  {
    rule: "what a release waits for is there",
    environment: release({ after: ["controllers.certManger"] }),
    reported: [
      [
        "releases.keda.after[0]",
        '"controllers.certManger"',
        "The environment installs no such thing in its controllers stack.",
        "Write one of controllers.awsLoadBalancerController, or take it out.",
      ],
    ],
  },
  {
    rule: "releases do not wait for each other",
    environment: environment({
      releases: { one: { chart, after: ["releases.two"] }, two: { chart, after: ["releases.one"] } },
    }),
    reported: [
      [
        "releases.one.after[0]",
        '"releases.two"',
        "They wait for each other: releases.one -> releases.two -> releases.one.",
        "Take one of these out of the other's `after`.",
      ],
      [
        "releases.two.after[0]",
        '"releases.one"',
        "They wait for each other: releases.two -> releases.one -> releases.two.",
        "Take one of these out of the other's `after`.",
      ],
    ],
  },
  {
    rule: "a release that names its role has one",
    environment: release({ valuesFrom: { "irsa.roleArn": "role-arn" } }),
    reported: [
      [
        'releases.keda.valuesFrom["irsa.roleArn"]',
        '"role-arn"',
        "The release asks for no `credentials`, so it has no role.",
        'Add `credentials: { serviceAccount: "..." }` with what the role may do, or take the line out.',
      ],
    ],
  },
  {
    rule: "no secret stands among a chart's values",
    environment: release({ values: { auth: { adminPassword: "sesame" } } }),
    reported: [
      [
        "releases.keda.values.auth.adminPassword",
        '"(not printed)"',
        "By its name it is a secret, and what stands here stands in Git, in every plan and in the state.",
        'Put it into Secrets Manager and write `secretValues: { "auth.adminPassword": { secretArn: "..." } }`, or name a Secret that the chart reads.',
      ],
    ],
  },
  {
    rule: "a release has a namespace that no controller has",
    environment: environment({
      controllers: { certManager: {} },
      releases: { keda: { chart, namespace: "cert-manager" } },
    }),
    reported: [
      [
        "releases.keda.namespace",
        '"cert-manager"',
        "A controller of the environment has this namespace, and its pods would share it with a chart that nobody here knows.",
        "Write a namespace of the chart's own.",
      ],
    ],
  },
  {
    rule: "an object has what every object of Kubernetes has",
    environment: manifest({ objects: [{ kind: "ConfigMap", metadata: { name: "colours" } }] }),
    reported: [
      [
        "manifests.own.objects[0]",
        '{ kind: "ConfigMap", metadata: { name: "colours" } }',
        "An object of Kubernetes has apiVersion, kind and metadata with a name, as text.",
        'Write them, such as `{ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "colours" } }`.',
      ],
    ],
  },
  {
    rule: "YAML is YAML of objects",
    environment: manifest({ yaml: ["kind: ConfigMap"] }),
    reported: [
      [
        "manifests.own.yaml[0]",
        '"kind: ConfigMap"',
        "Document 1 is no object of Kubernetes: those have apiVersion, kind and metadata with a name.",
        "Write objects of Kubernetes, one a document, with `---` between them.",
      ],
    ],
  },
  {
    rule: "a group of objects has one",
    environment: manifest({}),
    reported: [
      ["manifests.own", "{}", "It holds no object.", "Write `objects: [...]` or `yaml: [...]`, or take it out."],
    ],
  },
  {
    rule: "no Secret is an object of an environment's own",
    environment: manifest({ objects: [{ ...configMap("db"), kind: "Secret" }] }),
    reported: [
      [
        "manifests.own.objects[0]",
        '"Secret db"',
        "What it holds would stand in this file, in every plan and in the state.",
        "Keep it in Secrets Manager, turn `controllers.externalSecrets` on, and write an object of the kind ExternalSecret that names it.",
      ],
    ],
  },
  {
    rule: "a namespace stands under namespaces",
    environment: manifest({ objects: [{ ...configMap("shop"), kind: "Namespace" }] }),
    reported: [
      [
        "manifests.own.objects[0]",
        '"Namespace shop"',
        "A namespace is made once, before what stands in it, and Helm would take everything in it away with it.",
        'Write `namespaces: { "shop": {} }` with its labels and its Pod Security Standard.',
      ],
    ],
  },
  {
    rule: "an object stands in one group",
    environment: environment({
      manifests: { one: { objects: [configMap("colours")] }, two: { objects: [configMap("colours")] } },
    }),
    reported: [
      [
        "manifests.two.objects[0]",
        '"ConfigMap colours"',
        "manifests.one.objects[0] is the same object, and a cluster has one.",
        "Take one of them out, or give it another name or namespace.",
      ],
    ],
  },
  {
    rule: "objects of the apps stack have no order",
    environment: environment({
      controllers: { certManager: {} },
      manifests: { own: { stack: "apps", objects: [configMap("colours")], after: ["controllers.certManager"] } },
    }),
    reported: [
      [
        "manifests.own.after",
        '["controllers.certManager"]',
        "The apps stack comes after all of the controllers stack, and nothing in it has an order of its own.",
        'Take `after` out, or write `stack: "controllers"`.',
      ],
    ],
  },
  {
    rule: "a release and a group of objects of one name do not share a namespace",
    environment: environment({
      releases: { keda: { chart } },
      manifests: { keda: { namespace: "keda", objects: [configMap("colours")] } },
    }),
    reported: [
      [
        "manifests.keda",
        '"keda"',
        "releases.keda is a release of the same name in the namespace keda, and Helm would take them for one.",
        "Rename one of them.",
      ],
    ],
  },
];
