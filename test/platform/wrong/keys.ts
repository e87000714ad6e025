import { cluster, environment, everyRouteKind, existingNetwork, type WrongEnvironment, workload } from "../fixtures";

export const wrongKeys: readonly WrongEnvironment[] = [
  {
    rule: "an unknown option of the environment is refused with the options there are",
    environment: environment({ clusters: {}, zzz: 1 }),
    reported: [
      [
        "clusters",
        "{}",
        "The environment has no option `clusters`.",
        "Remove it; the options are name, aws, state, network, cluster, registry, dns, certificates, trustStores, webAcls, identity, charts, acknowledgeEndOfLife, waivers, controllers, apis, apiGateway, gateways, loadBalancers, networkPolicies, namespaces, storageClasses, workloads, releases, manifests and mesh.",
      ],
      [
        "zzz",
        "1",
        "The environment has no option `zzz`.",
        "Remove it; the options are name, aws, state, network, cluster, registry, dns, certificates, trustStores, webAcls, identity, charts, acknowledgeEndOfLife, waivers, controllers, apis, apiGateway, gateways, loadBalancers, networkPolicies, namespaces, storageClasses, workloads, releases, manifests and mesh.",
      ],
    ],
  },
  {
    rule: "a misspelt option names the one that was meant",
    environment: cluster({ suportType: "EXTENDED" }),
    reported: [
      ["cluster.suportType", '"EXTENDED"', "`cluster` has no option `suportType`.", "Did you mean `supportType`?"],
    ],
  },
  {
    rule: "a misspelt required option is reported once, not as missing too",
    environment: environment({ aws: { regoin: "us-west-2", accountId: "123456789012" } }),
    reported: [["aws.regoin", '"us-west-2"', "`aws` has no option `regoin`.", "Did you mean `region`?"]],
  },
  {
    rule: "an option with a small letter where a large one belongs names the one that was meant",
    environment: environment({ controllers: { awsLoadbalancerController: {} } }),
    reported: [
      [
        "controllers.awsLoadbalancerController",
        "{}",
        "`controllers` has no option `awsLoadbalancerController`.",
        "Did you mean `awsLoadBalancerController`?",
      ],
    ],
  },
  {
    rule: "an option at the wrong depth names its place",
    environment: environment({ nodeGroups: { general: {} } }),
    reported: [
      [
        "nodeGroups",
        "{ general: {} }",
        "The environment has no option `nodeGroups`.",
        "Move it to `cluster`, which has such an option.",
      ],
    ],
  },
  {
    rule: "a shortened add-on names the one that was meant",
    environment: cluster({ addons: { ebs: "off" } }),
    reported: [
      ["cluster.addons.ebs", '"off"', "`cluster.addons` has no option `ebs`.", "Did you mean `aws-ebs-csi-driver`?"],
    ],
  },
  {
    rule: "an option of another kind names that kind",
    environment: environment({ network: { ...existingNetwork([]).network, nat: "none" } }),
    reported: [
      [
        "network.nat",
        '"none"',
        '`network` of kind "existing" has no option `nat`.',
        'Remove it, or choose kind "create", which has it.',
      ],
    ],
  },
  {
    rule: "an option of another door names that door",
    environment: workload({ routes: [{ kind: "alb", prefix: "/shop" }] }),
    reported: [
      [
        "workloads.shop.routes[0].prefix",
        '"/shop"',
        '`workloads.shop.routes[0]` of kind "alb" has no option `prefix`.',
        'Remove it, or choose kind "ambassador", which has it.',
      ],
    ],
  },
  {
    rule: "a misspelt option inside a list of choices names the one that was meant",
    environment: workload({ image: { repositry: "shop", tag: "1.0.0" } }),
    reported: [
      [
        "workloads.shop.image.repositry",
        '"shop"',
        "`workloads.shop.image` has no option `repositry`.",
        "Did you mean `repository`?",
      ],
    ],
  },
  {
    rule: "a misspelt option of an add-on names the one that was meant",
    environment: cluster({ addons: { coredns: { verson: "latest" } } }),
    reported: [
      [
        "cluster.addons.coredns.verson",
        '"latest"',
        "`cluster.addons.coredns` has no option `verson`.",
        "Did you mean `version`?",
      ],
    ],
  },
  {
    rule: "a misspelt kind of reference names the one that was meant",
    environment: workload({ environment: { TOKEN: { secrt: "shop", key: "token" } } }),
    reported: [
      [
        "workloads.shop.environment.TOKEN.secrt",
        '"shop"',
        "`workloads.shop.environment.TOKEN` has no option `secrt`.",
        "Did you mean `secret`?",
      ],
    ],
  },
  {
    rule: "a misspelt kind key names the one that was meant",
    environment: workload({ routes: [{ knd: "alb" }] }),
    reported: [
      [
        "workloads.shop.routes[0].kind",
        "nothing",
        `\`kind\` says which sort \`workloads.shop.routes[0]\` is: ${everyRouteKind}.`,
        "Did you mean `kind` where `knd` stands?",
      ],
    ],
  },
  {
    rule: "an image with tag and digest keeps one",
    environment: workload({ image: { name: "nginx", tag: "1.0.0", digest: "x" } }),
    reported: [
      [
        "workloads.shop.image.digest",
        '"x"',
        "`digest` does not go together with `tag`.",
        "Keep `digest` or `tag`, and remove the other.",
      ],
    ],
  },
];
