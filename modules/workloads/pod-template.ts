import type {
  DeploymentV1SpecTemplateSpecContainer as Container,
  DeploymentV1SpecTemplate as PodTemplate,
} from "@cdktf/provider-kubernetes/lib/deployment-v1";
import { credentialsAnnotation } from "../identity/credentials";
import { configMapsChecksum, configMapVolumes } from "./config-maps";
import { environmentVariables } from "./environment-variables";
import { kube2iamPodAnnotations } from "./kube2iam";
import { workloadLabels } from "./labels";
import { nonEmpty } from "./non-empty";
import { containerProbe } from "./probes";
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

function container(props: PodTemplateProps): Container {
  const { name, workload, image, region } = props;
  const { probes, resources, command, args } = workload;
  const volumes = [...configMapVolumes(workload), ...temporaryDirectories(workload)];
  return {
    name: workload.names.container ?? name,
    image,
    ...(command === undefined ? {} : { command }),
    ...(args === undefined ? {} : { args }),
    env: nonEmpty(environmentVariables(workload, region)),
    port: [{ containerPort: workload.port, protocol: "TCP" }],
    readinessProbe: containerProbe(probes.readiness, workload.port),
    livenessProbe: containerProbe(probes.liveness, workload.port),
    startupProbe: containerProbe(probes.startup, workload.port),
    resources: {
      requests: { ...resources.requests },
      limits: {
        memory: resources.limits.memory,
        ...(resources.limits.cpu === undefined ? {} : { cpu: resources.limits.cpu }),
      },
    },
    securityContext: containerSecurityContext(workload),
    volumeMount: nonEmpty(volumes.map(({ mount }) => mount)),
    lifecycle: lifecycle(props),
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
  const volumes = [...configMapVolumes(workload), ...temporaryDirectories(workload)];
  return {
    metadata: { labels: { ...labels }, ...(Object.keys(annotations).length === 0 ? {} : { annotations }) },
    spec: {
      serviceAccountName: serviceAccountOf(name, workload),
      automountServiceAccountToken: false,
      // One variable for every Service of the namespace: a surprise to the process, and a change of pods' environment.
      enableServiceLinks: false,
      securityContext: podSecurityContext(workload),
      container: [container(props)],
      volume: nonEmpty(volumes.map(({ volume }) => volume)),
      topologySpreadConstraint: nonEmpty(spreadConstraints(workload, labels)),
      terminationGracePeriodSeconds:
        (props.podsAreTargets ? workload.drain.seconds : 0) + workload.terminationGracePeriodSeconds,
    },
  };
}
