import { z } from "zod";
import { components } from "../../lifecycle/components";
import { defineController } from "../controller";
import { type CrdChart, CrdRelease } from "../crd-release";

export const gatewayApiCrdChart: CrdChart = {
  name: "gateway-api-crds",
  folder: "modules/controllers/gateway-api-crds/chart",
  component: components.gatewayApiCrds,
};

const namespace = "kube-system";

/** CustomResourceDefinitions of the Gateway API, standard channel. */
export const gatewayApiCrds = defineController({
  description: "Kinds of the Gateway API, for routes of kind `gateway` and for VPC Lattice.",
  schema: z.strictObject({}),
  components: () => ["gatewayApiCrds"],
  namespace: () => namespace,
  after: [],
  install(scope, _options, context) {
    const { ready } = new CrdRelease(scope, "gateway-api-crds", {
      chart: gatewayApiCrdChart,
      namespace,
      dependsOn: context.dependsOn,
    });
    return { ready };
  },
});
