import type {
  DeploymentV1SpecTemplateSpecContainer as Container,
  DeploymentV1SpecTemplate as PodTemplate,
} from "@cdktf/provider-kubernetes/lib/deployment-v1";
import { credentialsAnnotation } from "../identity/credentials";
import { claimMounts } from "./claims";
import { configMapsChecksum, configMapVolumes } from "./config-maps";
import { environmentVariables } from "./environment-variables";
import { kube2iamPodAnnotations } from "./kube2iam";
import { workloadLabels } from "./labels";
import { nonEmpty } from "./non-empty";
import { containerProbe } from "./probes";
import { isJob } from "./run-schema";
import { affinity, moreSpread, tolerations } from "./scheduling";
import type { Workload } from "./schema";
import { containerSecurityContext, podSecurityContext } from "./security-context";
import { serviceAccountOf } from "./service-account";
import { spreadConstraints } from "./spread";
import { temporaryDirectories } from "./temporary-directories";

/** Annotation of the pods that holds the checksum of their ConfigMaps. */
export const checksumAnnotation = "checksum/config-maps";

export interface PodTemplateProps {
  /** Name of the workload. */
  readonly name: string;
  readonly workload: Workload;
  /** What the kubelet pulls. */
  readonly image: string;
  /** The same of another container's image. */
  readonly imageOf: (image: Workload["image"]) => string;
  readonly region: string;
  /** Whether a load balancer sends straight to the pods. */
  readonly podsAreTargets: boolean;
  /** IRSA role of the pods. Default: none, as with Pod Identity. */
  readonly roleArn?: string | undefined;
}

/** Provider kubernetes 2.x knows no `sleep` action of Kubernetes' own. */
function lifecycle({ workload: { drain }, podsAreTargets }: PodTemplateProps): Container["lifecycle"] {
  if (!podsAreTargets || drain.kind !== "sleep") return undefined;
  return { preStop: [{ exec: { command: ["sleep", String(drain.seconds)] } }] };
}

/** Everything that is mounted, in every container. */
function mountedVolumes(workload: Workload) {
  return [...configMapVolumes(workload), ...temporaryDirectories(workload)];
}

function mounts(workload: Workload): Container["volumeMount"] {
  return nonEmpty([...mountedVolumes(workload).map(({ mount }) => mount), ...claimMounts(workload)]);
}

function container(props: PodTemplateProps): Container {
  const { name, workload, image, region } = props;
  const { probes, resources, command, args } = workload;
  const called = !isJob(workload.runs);
  return {
    name: workload.names.container ?? name,
    image,
    ...(command === undefined ? {} : { command }),
    ...(args === undefined ? {} : { args }),
    env: nonEmpty(environmentVariables(workload, region)),
    ...(called
      ? {
          port: [
            { containerPort: workload.port, protocol: "TCP" },
            ...Object.entries(workload.morePorts).map(([portName, { port, protocol }]) => ({
              name: portName,
              containerPort: port,
              protocol,
            })),
          ],
          readinessProbe: containerProbe(probes.readiness, workload.port),
          livenessProbe: containerProbe(probes.liveness, workload.port),
          startupProbe: containerProbe(probes.startup, workload.port),
        }
      : {}),
    resources: {
      requests: { ...resources.requests },
      limits: {
        memory: resources.limits.memory,
        ...(resources.limits.cpu === undefined ? {} : { cpu: resources.limits.cpu }),
      },
    },
    securityContext: containerSecurityContext(workload),
    volumeMount: mounts(workload),
    lifecycle: lifecycle(props),
  };
}

type MoreContainer = Workload["initContainers"][string] & { readonly port?: number | undefined };

function moreContainer({ workload, region, imageOf }: PodTemplateProps, name: string, more: MoreContainer): Container {
  const { resources, command, args, environment, port } = more;
  const { cpu, memory } = resources.limits;
  return {
    name,
    image: imageOf(more.image),
    ...(command === undefined ? {} : { command }),
    ...(args === undefined ? {} : { args }),
    env: nonEmpty(environmentVariables({ ...workload, environment }, region)),
    ...(port === undefined ? {} : { port: [{ containerPort: port, protocol: "TCP" }] }),
    resources: { requests: { ...resources.requests }, limits: { memory, ...(cpu === undefined ? {} : { cpu }) } },
    securityContext: containerSecurityContext(workload),
    volumeMount: mounts(workload),
  };
}

/** The pods of a workload. */
export function podTemplate(props: PodTemplateProps): PodTemplate {
  const { name, workload } = props;
  const labels = workloadLabels(name, workload);
  const checksum = configMapsChecksum(workload);
  const annotations = {
    ...workload.podAnnotations,
    ...kube2iamPodAnnotations(workload),
    ...(workload.aws.kind === "role" ? credentialsAnnotation(props.roleArn) : {}),
    ...(checksum === undefined ? {} : { [checksumAnnotation]: checksum }),
  };
  const { runs, scheduling } = workload;
  const more = (containers: Readonly<Record<string, MoreContainer>>) =>
    Object.entries(containers).map(([container, options]) => moreContainer(props, container, options));
  const job = runs.kind === "job" || runs.kind === "cron-job" ? runs : undefined;
  const spread = [...(job === undefined ? spreadConstraints(workload, labels) : []), ...moreSpread(scheduling, labels)];
  return {
    metadata: { labels: { ...labels }, ...(Object.keys(annotations).length === 0 ? {} : { annotations }) },
    spec: {
      serviceAccountName: serviceAccountOf(name, workload),
      automountServiceAccountToken: workload.kubernetes !== undefined,
      // One variable for every Service of the namespace: a surprise to the process, and a change of pods' environment.
      enableServiceLinks: false,
      securityContext: podSecurityContext(workload),
      initContainer: nonEmpty(more(workload.initContainers)),
      // Provider kubernetes 2.x knows no `restart_policy` of an init container, which is what Kubernetes makes a sidecar by.
      container: [container(props), ...more(workload.sidecars)],
      volume: nonEmpty(mountedVolumes(workload).map(({ volume }) => volume)),
      topologySpreadConstraint: nonEmpty(spread),
      nodeSelector: Object.keys(scheduling.nodeSelector).length === 0 ? undefined : { ...scheduling.nodeSelector },
      toleration: tolerations(scheduling),
      affinity: affinity(scheduling),
      priorityClassName: scheduling.priorityClass,
      restartPolicy: job?.restart,
      terminationGracePeriodSeconds:
        (props.podsAreTargets ? workload.drain.seconds : 0) + workload.terminationGracePeriodSeconds,
    },
  };
}
