import { environment, type WrongEnvironment, workload, workloads } from "../fixtures";

export const wrongWorkloadRules: readonly WrongEnvironment[] = [
  {
    rule: "an image is in a repository of the environment",
    environment: workload({ image: { repository: "shp", tag: "1.0.0" } }),
    reported: [
      [
        "workloads.shop.image.repository",
        '"shp"',
        "`repository` names one of the environment's own ECR repositories, and there is none of this name.",
        'Did you mean "shop"? Otherwise add `"shp": {}` to `registry.repositories`, or write `name` for an image of elsewhere.',
      ],
    ],
  },
  {
    rule: "a workload is renamed from one that is gone",
    environment: workloads({ shop: {}, cart: { renamedFrom: "shop" } }),
    reported: [
      [
        "workloads.cart.renamedFrom",
        '"shop"',
        "A workload of this name is still there, and what it is made of stays with it.",
        "Write the name that the workload had before, or take the line out.",
      ],
    ],
  },
  {
    rule: "one workload is renamed from another",
    environment: workloads({ cart: { renamedFrom: "basket" }, shop: { renamedFrom: "basket" } }),
    reported: [
      [
        "workloads.shop.renamedFrom",
        '"basket"',
        "`workloads.cart.renamedFrom` says so too, and one workload became one.",
        "Keep the line in one of them.",
      ],
    ],
  },
  {
    rule: "a variable names a ConfigMap that is there",
    environment: workload({
      environment: { LEVEL: { configMap: "setings", key: "level" } },
      configMaps: { settings: { data: { level: "info" } } },
    }),
    reported: [
      [
        "workloads.shop.environment.LEVEL.configMap",
        '"setings"',
        "No workload of the namespace default declares this ConfigMap, so the pods would wait for it forever.",
        'Did you mean "settings"? Otherwise declare it in the `configMaps` of a workload there.',
      ],
    ],
  },
  {
    rule: "a variable names a key that is there",
    environment: workload({
      environment: { LEVEL: { configMap: "settings", key: "debug" } },
      configMaps: { settings: { data: { level: "info" } } },
    }),
    reported: [
      [
        "workloads.shop.environment.LEVEL.key",
        '"debug"',
        "The ConfigMap settings has no such key, so the pods would not start.",
        "Write one of its keys: level.",
      ],
    ],
  },
  {
    rule: "paths of a ConfigMap have a place",
    environment: workload({ configMaps: { settings: { data: { level: "info" }, paths: { level: "conf.d/level" } } } }),
    reported: [
      [
        "workloads.shop.configMaps.settings.paths",
        '{ level: "conf.d/level" }',
        "They lie below `mountPath`, and there is none, so nothing would be mounted.",
        'Add `mountPath: "/etc/..."`, or take the paths out.',
      ],
    ],
  },
  {
    rule: "paths of a ConfigMap are of its keys",
    environment: workload({
      configMaps: { settings: { data: { level: "info" }, mountPath: "/etc/shop", paths: { levl: "level" } } },
    }),
    reported: [
      [
        "workloads.shop.configMaps.settings.paths.levl",
        '"level"',
        "The ConfigMap has no key levl, so the pods would not start.",
        "Write one of its keys: level.",
      ],
    ],
  },
  {
    rule: "one place takes one mount",
    environment: workload({ temporaryDirectories: ["/tmp", "/tmp/"] }),
    reported: [
      [
        "workloads.shop.temporaryDirectories[1]",
        '"/tmp/"',
        "workloads.shop.temporaryDirectories[0] is mounted there already, and one place takes one mount.",
        "Mount it elsewhere, or put all files into one ConfigMap.",
      ],
    ],
  },
  {
    rule: "a namespace admits the workloads it has",
    environment: workload(
      { namespace: "shop", security: { kind: "baseline", reason: "The image runs as root." } },
      { namespaces: { shop: { podSecurity: "restricted" } } },
    ),
    reported: [
      [
        "namespaces.shop.podSecurity",
        '"restricted"',
        "Kubernetes would refuse the pods of shop (baseline) there.",
        'Write `podSecurity: "baseline"`, take the line out, or tighten the `security` of these workloads.',
      ],
    ],
  },
  {
    rule: "a namespace has one Deployment of a name",
    environment: workloads({ shop: {}, cart: { names: { deployment: "shop" } } }),
    reported: [
      [
        "workloads.cart.names.deployment",
        '"shop"',
        "The namespace default would have two objects of kind Deployment with this name; workloads.shop.names.deployment makes the other.",
        "Give one of them another name.",
      ],
    ],
  },
  {
    rule: "a namespace has one Service of a name",
    environment: workloads({ shop: { routes: [{ kind: "nlb" }] }, "shop-nlb": {} }),
    reported: [
      [
        'workloads["shop-nlb"].names.service',
        '"shop-nlb"',
        "The namespace default would have two objects of kind Service with this name; workloads.shop.routes[0].name makes the other.",
        "Give one of them another name.",
      ],
    ],
  },
  {
    rule: "a workload's labels select its own pods alone",
    environment: workloads({ shop: {}, cart: { labels: { app: "shop", tier: "back" } } }),
    reported: [
      [
        "workloads.shop.labels",
        '{ app: "shop" }',
        "The pods of cart carry all of these labels too: Service and disruption budget of shop would count them as its own.",
        "Add a label whose value the two do not share.",
      ],
    ],
  },
  {
    rule: "a disruption budget lets a node be drained",
    environment: workload({ disruptionBudget: { kind: "min-available", count: 2 } }),
    reported: [
      [
        "workloads.shop.disruptionBudget.count",
        "2",
        "The workload may have no more than 2 pods; a budget that wants 2 of them lets no node be drained, and so no node group be upgraded.",
        'Write 1 or less, or use kind "max-unavailable".',
      ],
    ],
  },
  {
    rule: "an autoscaler has a range",
    environment: workload({ autoscaler: { min: 5, max: 3 } }),
    reported: [
      [
        "workloads.shop.autoscaler",
        "{ min: 5, max: 3, cpuPercent: 70, metrics: [] }",
        "It would keep at least 5 pods and at most 3; Kubernetes refuses a range that ends before it begins.",
        "Write a `max` that is not below `min`.",
      ],
    ],
  },
  {
    rule: "a request is within its limit",
    environment: workload({ resources: { requests: { memory: "512Mi" } } }),
    reported: [
      [
        "workloads.shop.resources.requests.memory",
        '"512Mi"',
        "The container may use 256Mi and asks to be promised 512Mi; Kubernetes refuses a request above its limit.",
        "Lower the request, or raise `resources.limits.memory`.",
      ],
    ],
  },
  {
    rule: "a role's name is within IAM's limit",
    environment: workloads({ [`${"orders".repeat(10)}-eu`]: { aws: { kind: "role" } } }),
    reported: [
      [
        'workloads["ordersordersordersordersordersordersordersordersordersorders-eu"]',
        '"ordersordersordersordersordersordersordersordersordersorders-eu"',
        "Its role would be called dev-ordersordersordersordersordersordersordersordersordersorders-eu, which is 67 characters; IAM allows 64.",
        "Rename the workload to 60 characters or less; `names` keeps its objects as they are called.",
      ],
    ],
  },
  {
    rule: "a role's name is not one of the cluster's",
    environment: workloads({ node: { aws: { kind: "role" } } }),
    reported: [
      [
        "workloads.node",
        '"dev-node"',
        "`cluster` makes this IAM role too; the account 123456789012 holds one of a name.",
        "Rename the workload; `names` keeps its objects as they are called.",
      ],
    ],
  },
  {
    rule: "a release's name is within Helm's limit",
    environment: environment({
      controllers: { awsLoadBalancerController: {}, emissary: { releaseName: "ambassador".repeat(5) } },
    }),
    reported: [
      [
        "controllers.emissary.releaseName",
        '"ambassadorambassadorambassadorambassadorambassador"',
        "The release of its role guard would be called ambassadorambassadorambassadorambassadorambassador-role-guard; Helm allows 53 characters.",
        "Write 42 characters or less.",
      ],
    ],
  },
  {
    rule: "kube2iam hands out roles that are there",
    environment: workload(
      { aws: { kind: "kube2iam", role: "orders" } },
      { controllers: { kube2iam: {} }, identity: { kube2iamRoles: { order: {} } } },
    ),
    reported: [
      [
        "workloads.shop.aws.role",
        '"orders"',
        "The nodes may assume the roles of `identity.kube2iamRoles` and no others, and this is none of them.",
        'Did you mean "order"? Otherwise add `"orders": { ... }` to `identity.kube2iamRoles`.',
      ],
    ],
  },
  {
    rule: "Emissary's Services have their names to themselves",
    environment: workloads(
      { "ambassador-admin": {} },
      { controllers: { awsLoadBalancerController: {}, emissary: { namespace: "default" } } },
    ),
    reported: [
      [
        'workloads["ambassador-admin"].names.service',
        '"ambassador-admin"',
        "`controllers.emissary` makes a Service of this name in the same namespace.",
        "Give it another name, or Emissary another `releaseName` or `namespace`.",
      ],
    ],
  },
  {
    rule: "kube2iam hands out roles where it is",
    environment: workload(
      { aws: { kind: "kube2iam", role: "orders" } },
      { identity: { kube2iamRoles: { orders: {} } } },
    ),
    reported: [
      [
        "workloads.shop.aws.kind",
        '"kube2iam"',
        "`controllers.kube2iam` gives pods such a role, and it is not enabled.",
        "Add `kube2iam: {}` to `controllers`.",
      ],
    ],
  },
];
