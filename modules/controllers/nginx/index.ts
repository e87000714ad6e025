import { IngressClassV1 } from "@cdktf/provider-kubernetes/lib/ingress-class-v1";
import { type ComponentName, components } from "../../lifecycle/components";
import { assertNever } from "../../schema/assert-never";
import type { Json } from "../../schema/primitives";
import { TerraformData } from "../../terraform/terraform-data";
import { defineController } from "../controller";
import { ControllerRelease } from "../release";
import { communityController, communityRelease, communityValues } from "./community";
import { f5Controller, f5Release, f5Values } from "./f5";
import type { BeforeNginx } from "./load-balancer";
import { type NginxOptions, nginxSchema } from "./schema";

/** Class of the Ingresses that nginx serves, whichever nginx that is. */
export const nginxClass = "nginx";

interface Distribution {
  readonly component: ComponentName;
  readonly releaseName: string;
  /** What the IngressClass names. */
  readonly controller: string;
  readonly values: { readonly [key: string]: Json };
}

/** As far as names go, which say nothing of the load balancer. */
const nothingBefore: BeforeNginx = {
  certificateArn: undefined,
  balancers: { logBucket: undefined, deletionProtection: false },
};

function distribution(options: NginxOptions, before: BeforeNginx = nothingBefore): Distribution {
  switch (options.kind) {
    case "community":
      return {
        component: "ingressNginx",
        releaseName: communityRelease,
        controller: communityController,
        values: communityValues(options, nginxClass, before),
      };
    case "f5":
      return {
        component: "f5Nginx",
        releaseName: f5Release,
        controller: f5Controller,
        values: f5Values(options, nginxClass, before),
      };
    default:
      return assertNever("kind of nginx", options);
  }
}

/** Service of its load balancer. Both charts call it after a release whose name holds the chart's. */
export function nginxService(options: NginxOptions): { readonly namespace: string; readonly name: string } {
  return { namespace: options.namespace, name: `${distribution(options).releaseName}-controller` };
}

/** nginx as an ingress controller: the community's, or F5's in its place by one word. */
export const nginx = defineController({
  description: "nginx as an ingress controller: the community's, which ended, or F5's.",
  schema: nginxSchema,
  components: (options) => [distribution(options).component],
  namespace: (options) => options.namespace,
  after: ["awsLoadBalancerController"],
  balancer: ({ exposure, ...tls }) => ({
    tls,
    exposure,
    elasticIps: false,
    option: { value: exposure, internal: "internal" },
  }),
  install(scope, options, context) {
    const { component, releaseName, controller, values } = distribution(options, {
      certificateArn: context.certificateArn(options),
      balancers: context.balancers,
    });
    // Kubernetes refuses another controller for a class, and Helm the class of another release. So Terraform has the class
    // and replaces it, after the end of the one release and before the start of the other; left to itself, its provider
    // would try to change it.
    const served = new TerraformData(scope, "nginx-class-controller", { controller });
    const ingressClass = new IngressClassV1(scope, "nginx-class", {
      metadata: { name: nginxClass },
      spec: { controller },
      lifecycle: { replaceTriggeredBy: [served.address] },
    });
    const release = new ControllerRelease(scope, "nginx", {
      component: components[component],
      releaseName,
      namespace: options.namespace,
      chartMirror: context.chartMirror,
      values,
      dependsOn: [...context.dependsOn, ingressClass],
    });
    return { ready: release.ready };
  },
});
