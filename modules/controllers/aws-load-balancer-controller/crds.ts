import { components } from "../../lifecycle/components";
import type { CrdChart } from "../crd-release";

export const awsLoadBalancerControllerCrds: CrdChart = {
  name: "aws-load-balancer-controller-crds",
  folder: "modules/controllers/aws-load-balancer-controller/chart",
  component: components.awsLoadBalancerController,
};
