import { Release } from "@cdktf/provider-helm/lib/release";
import { AssetType, TerraformAsset } from "cdktf";
import { z } from "zod";
import { defineController } from "../controller";

/** Folder of the chart, relative to that of `cdktf.json`. Made by `tools/gateway-api-crds`. */
export const gatewayApiChart = "modules/controllers/gateway-api-crds/chart";

const namespace = "kube-system";

/**
 * CustomResourceDefinitions of the Gateway API, standard channel. They come from a chart in this project, as templates:
 * an upgrade reaches them, and a destroy leaves them and what was made with them. A cluster that has them from elsewhere
 * refuses the release until they carry its name (`helm.sh/helm`, "invalid ownership metadata").
 */
export const gatewayApiCrds = defineController({
  description: "Kinds of the Gateway API, for routes of kind `gateway` and for VPC Lattice.",
  schema: z.strictObject({}),
  components: () => ["gatewayApiCrds"],
  namespace: () => namespace,
  after: [],
  install(scope, _options, context) {
    const chart = new TerraformAsset(scope, "gateway-api-chart", { path: gatewayApiChart, type: AssetType.DIRECTORY });
    const release = new Release(scope, "gateway-api-crds", {
      name: "gateway-api-crds",
      namespace,
      createNamespace: false,
      chart: `./${chart.path}`,
      atomic: true,
      wait: true,
      timeout: 300,
      upgradeInstall: true,
      maxHistory: 3,
      dependsOn: [...context.dependsOn],
    });
    return { ready: release };
  },
});
