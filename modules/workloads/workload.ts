import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { makeAutoscaler } from "./autoscaler";
import { makeConfigMaps } from "./config-maps";
import { makeDeployment } from "./deployment";
import { makeDisruptionBudget } from "./disruption-budget";
import { imageReference } from "./image";
import { workloadLabels } from "./labels";
import { httpHealthCheck } from "./probes";
import type { RouteTarget } from "./route-target";
import type { Workload } from "./schema";
import { makeService, workloadServiceName } from "./service";
import { makeServiceAccount, makesServiceAccount, serviceAccountOf } from "./service-account";

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

/** A Deployment and its Service, with what belongs to them. */
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
    const deployment = makeDeployment(this, "deployment", {
      name,
      workload,
      image: imageReference(workload.image, props.repositoryUrl),
      region,
      podsAreTargets: props.podsAreTargets ?? false,
      roleArn,
      dependsOn: [...before, ...serviceAccounts, ...configMaps],
    });
    const service = makeService(this, "service", { name, workload, dependsOn: before });
    makeDisruptionBudget(this, "disruption-budget", { name, workload, dependsOn: before });
    makeAutoscaler(this, "autoscaler", { name, workload, dependsOn: [deployment] });
    this.target = {
      name,
      namespace,
      service: { name: workloadServiceName(props), port: workload.servicePort },
      containerPort: workload.port,
      selector: workloadLabels(name, workload),
      drainSeconds: workload.drain.seconds,
      healthCheck: httpHealthCheck(workload),
      ready: service,
    };
  }
}
