import { ackApiGatewayCrds } from "../../modules/controllers/ack-api-gateway/crds";
import { appMeshCrds } from "../../modules/controllers/app-mesh/crds";
import { awsLoadBalancerControllerCrds } from "../../modules/controllers/aws-load-balancer-controller/crds";
import type { CrdChart } from "../../modules/controllers/crd-release";
import { gatewayApiCrdChart } from "../../modules/controllers/gateway-api-crds";
import { latticeCrds } from "../../modules/controllers/lattice/crds";

/** A chart of CRDs that is made here, and where it comes from. */
export interface MadeChart {
  readonly chart: CrdChart;
  /** The beginning of the file's name in the inputs' folder. */
  readonly definitions: string;
  readonly description: string;
  readonly source: string;
  /** Annotation in which each CRD says its version, where it does. */
  readonly versionAnnotation?: string;
}

/** Every chart that `npm run crds` makes. */
export const madeCharts: readonly MadeChart[] = [
  {
    chart: gatewayApiCrdChart,
    definitions: "gateway-api",
    description: "CustomResourceDefinitions of the Gateway API, standard channel.",
    source: "https://github.com/kubernetes-sigs/gateway-api",
    versionAnnotation: "gateway.networking.k8s.io/bundle-version",
  },
  {
    chart: awsLoadBalancerControllerCrds,
    definitions: "aws-load-balancer-controller",
    description: "CustomResourceDefinitions of the AWS Load Balancer Controller.",
    source: "https://github.com/kubernetes-sigs/aws-load-balancer-controller",
  },
  {
    chart: appMeshCrds,
    definitions: "appmesh-controller",
    description: "CustomResourceDefinitions of the App Mesh controller.",
    source: "https://github.com/aws/aws-app-mesh-controller-for-k8s",
  },
  {
    chart: latticeCrds,
    definitions: "aws-gateway-api-controller",
    description: "CustomResourceDefinitions of the AWS Gateway API Controller.",
    source: "https://github.com/aws/aws-application-networking-k8s",
  },
  {
    chart: ackApiGatewayCrds,
    definitions: "ack-apigatewayv2",
    description: "CustomResourceDefinitions of the ACK controller for API Gateway v2.",
    source: "https://github.com/aws-controllers-k8s/apigatewayv2-controller",
  },
];
