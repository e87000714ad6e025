import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { assertNever } from "../schema/assert-never";
import { makeAutoscaler } from "./autoscaler";
import { makeConfigMaps } from "./config-maps";
import { makeDeployment } from "./deployment";
import { makeDisruptionBudget } from "./disruption-budget";
import { imageReference } from "./image";
import { makeCronJob, makeJob } from "./jobs";
import { makeKubernetesAccess } from "./kubernetes-access";
import { workloadLabels } from "./labels";
import type { PodTemplateProps } from "./pod-template";
import { httpHealthCheck } from "./probes";
import type { RouteTarget } from "./route-target";
import { isJob } from "./run-schema";
import type { Workload } from "./schema";
import { makeService, workloadServiceName } from "./service";
import { makeServiceAccount, makesServiceAccount, serviceAccountOf } from "./service-account";
import { makeStatefulSet } from "./stateful-set";

export interface WorkloadResourcesProps {
  /** Name of the workload in the environment. */
  readonly name: string;
  readonly workload: Workload;
  /** Address of one of the environment's ECR repositories, by its name. */
  readonly repositoryUrl: (repository: string) => string;
  /** IRSA role of the pods. Default: none, as with Pod Identity. */
  readonly roleArn?: string | undefined;
  /** Whether a load balancer sends straight to the pods. Default: false. */
  readonly podsAreTargets?: boolean;
  /** Region of the cluster. */
  readonly region: string;
  /** What must be there first, the namespace above all. Default: nothing. */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/** Pods, what keeps them, and their Service, with what belongs to them. */
export class WorkloadResources extends Construct {
  /** Where routes lead. */
  readonly target: RouteTarget;

  constructor(scope: Construct, id: string, props: WorkloadResourcesProps) {
    super(scope, id);
    const { name, workload, roleArn, region } = props;
    const { namespace } = workload;
    const before = props.dependsOn ?? [];
    const serviceAccount = serviceAccountOf(name, workload);
    const serviceAccounts =
      serviceAccount !== undefined && makesServiceAccount(name, workload)
        ? [makeServiceAccount(this, "service-account", { name: serviceAccount, namespace, roleArn, dependsOn: before })]
        : [];
    const configMaps = makeConfigMaps(this, workload, before);
    const access = makeKubernetesAccess(this, {
      name,
      workload,
      serviceAccount: serviceAccount ?? name,
      dependsOn: [...before, ...serviceAccounts],
    });
    const imageOf = (image: Workload["image"]) => imageReference(image, props.repositoryUrl);
    const pods = this.makePods({
      name,
      workload,
      image: imageOf(workload.image),
      imageOf,
      region,
      podsAreTargets: props.podsAreTargets ?? false,
      roleArn,
      dependsOn: [...before, ...serviceAccounts, ...access, ...configMaps],
    });
    let ready: ITerraformDependable = pods;
    if (!isJob(workload.runs)) {
      ready = makeService(this, "service", { name, workload, dependsOn: before });
      makeDisruptionBudget(this, "disruption-budget", { name, workload, dependsOn: before });
      makeAutoscaler(this, "autoscaler", { name, workload, dependsOn: [pods] });
    }
    this.target = {
      name,
      namespace,
      service: { name: workloadServiceName(props), port: workload.servicePort },
      containerPort: workload.port,
      selector: workloadLabels(name, workload),
      drainSeconds: workload.drain.seconds,
      healthCheck: httpHealthCheck(workload),
      ready,
    };
  }

  private makePods(
    props: PodTemplateProps & { readonly dependsOn: readonly ITerraformDependable[] },
  ): ITerraformDependable {
    const { runs } = props.workload;
    switch (runs.kind) {
      case "deployment":
        return makeDeployment(this, "deployment", props);
      case "stateful-set":
        return makeStatefulSet(this, "stateful-set", { ...props, runs });
      case "job":
        return makeJob(this, "job", { ...props, runs });
      case "cron-job":
        return makeCronJob(this, "cron-job", { ...props, runs });
      default:
        return assertNever("what keeps pods", runs);
    }
  }
}
