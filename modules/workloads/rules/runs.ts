import { clashes } from "../../schema/clashes";
import type { Problem } from "../../schema/problem";
import { isJob } from "../run-schema";
import { at, ofEachWorkload } from "./rule";

/** Of what runs to its end nothing can be asked that stands. */
export const jobsAreNotCalled = ofEachWorkload((name, workload) => {
  const { runs, autoscaler, morePorts, sidecars } = workload;
  if (!isJob(runs)) return [];
  const problem = (field: string, value: unknown, rule: string): Problem => ({
    path: at(name, field),
    value,
    rule,
    remedy: 'take it out, or write `runs: { kind: "deployment" }`',
  });
  return [
    ...(autoscaler === undefined ? [] : [problem("autoscaler", autoscaler, "a Job says itself how many pods it has")]),
    ...(Object.keys(sidecars).length === 0
      ? []
      : [
          problem(
            "sidecars",
            Object.keys(sidecars),
            "it would not end when the Job's own container does, and so neither would the Job",
          ),
        ]),
    ...(Object.keys(morePorts).length === 0
      ? []
      : [problem("morePorts", morePorts, "a Job runs to its end, and nobody calls it")]),
  ];
});

/** A pod's containers differ in name, and so do the ports of a Service. Source: Kubernetes API, PodSpec, ServiceSpec. */
export const containersUnique = ofEachWorkload((name, { names, initContainers, sidecars }) =>
  clashes(
    [
      { path: at(name, "names", "container"), container: names.container ?? name },
      ...Object.keys(initContainers).map((container) => ({ path: at(name, "initContainers", container), container })),
      ...Object.keys(sidecars).map((container) => ({ path: at(name, "sidecars", container), container })),
    ],
    ({ container }) => container,
    ({ path, container }, first) => ({
      path,
      value: container,
      rule: `${first.path} is a container of this name in the same pod`,
      remedy: "give it another name",
    }),
  ),
);

export const portsUnique = ofEachWorkload((name, { runs, port, servicePort, morePorts, sidecars }) => {
  if (isJob(runs)) return [];
  const listening = [
    { path: at(name, "port"), key: `TCP ${port}`, value: port },
    ...Object.entries(morePorts).map(([portName, more]) => ({
      path: at(name, "morePorts", portName, "port"),
      key: `${more.protocol} ${more.port}`,
      value: more.port,
    })),
    ...Object.entries(sidecars).flatMap(([sidecar, more]) =>
      more.port === undefined
        ? []
        : [{ path: at(name, "sidecars", sidecar, "port"), key: `TCP ${more.port}`, value: more.port }],
    ),
  ];
  const offered = [
    { path: at(name, "servicePort"), key: `TCP ${servicePort}`, value: servicePort },
    ...Object.entries(morePorts).map(([portName, more]) => ({
      path: at(name, "morePorts", portName, "servicePort"),
      key: `${more.protocol} ${more.servicePort ?? more.port}`,
      value: more.servicePort ?? more.port,
    })),
  ];
  const twice =
    (rule: (first: string) => string) => (use: (typeof listening)[number], first: (typeof listening)[number]) => ({
      path: use.path,
      value: use.value,
      rule: rule(first.path),
      remedy: "write another port",
    });
  return [
    ...clashes(
      listening,
      ({ key }) => key,
      twice((first) => `${first} is the same port, and the containers of a pod share one address`),
    ),
    ...clashes(
      offered,
      ({ key }) => key,
      twice((first) => `${first} is the same port of the Service`),
    ),
  ];
});

const everything = (words: readonly string[]) => words.includes("*");

/** Least privilege: a wildcard is cluster-admin by another name. */
export const kubernetesRulesAreNarrow = ofEachWorkload((name, { kubernetes }) =>
  (kubernetes?.rules ?? []).flatMap((rule, index) =>
    (["apiGroups", "resources", "verbs"] as const).flatMap((field): readonly Problem[] =>
      everything(rule[field])
        ? [
            {
              path: at(name, "kubernetes", "rules", index, field),
              value: rule[field],
              rule: "`*` stands for all there is and will be, Secrets and roles among it",
              remedy: "name what the pods need",
            },
          ]
        : [],
    ),
  ),
);

/** The token would be another's. */
export const kubernetesAccessOnOwnServiceAccount = ofEachWorkload((name, { kubernetes, serviceAccount }) => {
  if (kubernetes === undefined || typeof serviceAccount !== "object") return [];
  return [
    {
      path: at(name, "serviceAccount"),
      value: serviceAccount,
      rule: `the workload asks for rights in Kubernetes, and ${serviceAccount.existing} is made elsewhere: every pod under that name would have them`,
      remedy: "leave `serviceAccount` out for one of the workload's own, or bind the rights where that is made",
    },
  ];
});
