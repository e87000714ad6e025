import type { ComponentName } from "../../modules/lifecycle/components";

/**
 * Where a controller's CustomResourceDefinitions are.
 * - `folder`: in the `crds` folder of its chart, as Helm installs them.
 * - `templates`: among its chart's templates; Helm has to render them, with `values` as for `--set`.
 * - `address`: outside any chart, at an address of their version.
 */
export type DefinitionSource = {
  /** The beginning of the file's name in the inputs' folder. */
  readonly name: string;
  readonly component: ComponentName;
} & (
  | { readonly kind: "folder" }
  | { readonly kind: "templates"; readonly values: readonly string[] }
  | { readonly kind: "address"; readonly address: (version: string) => string }
);

/** The definitions that the generators and the sandbox read. */
export const definitionSources: readonly DefinitionSource[] = [
  { name: "ack-apigatewayv2", component: "ackApiGatewayV2", kind: "folder" },
  { name: "appmesh-controller", component: "appMesh", kind: "folder" },
  { name: "aws-gateway-api-controller", component: "latticeController", kind: "folder" },
  { name: "aws-load-balancer-controller", component: "awsLoadBalancerController", kind: "folder" },
  { name: "cert-manager", component: "certManager", kind: "templates", values: ["crds.enabled=true"] },
  { name: "emissary", component: "emissaryCrds", kind: "templates", values: [] },
  {
    name: "gateway-api",
    component: "gatewayApiCrds",
    kind: "address",
    address: (version) =>
      `https://github.com/kubernetes-sigs/gateway-api/releases/download/v${version}/standard-install.yaml`,
  },
];
