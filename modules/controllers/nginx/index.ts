import { IngressClassV1 } from "@cdktf/provider-kubernetes/lib/ingress-class-v1";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { type ComponentName, components } from "../../lifecycle/components";
import type { Json } from "../../schema/primitives";
import { type ControllerContext, defineController } from "../controller";
import { ControllerRelease } from "../release";
import { communityController, communityRelease, communityValues } from "./community";
import { f5Controller, f5Release, f5Values } from "./f5";
import type { BeforeNginx } from "./load-balancer";
import { type NginxKind, type NginxOptions, nginxSchema } from "./schema";

interface Distribution {
  readonly component: ComponentName;
  readonly releaseName: string;
  /** Class of the Ingresses that it serves. Kubernetes lets nobody change the controller of a class. */
  readonly className: string;
  /** What the class names. */
  readonly controller: string;
  /** Id of its release; those of both kinds stand side by side while one follows the other. */
  readonly id: string;
  readonly values: (options: NginxOptions, className: string, before: BeforeNginx) => { readonly [key: string]: Json };
}

const distributions: { readonly [Kind in NginxKind]: Distribution } = {
  community: {
    component: "ingressNginx",
    releaseName: communityRelease,
    className: "nginx",
    controller: communityController,
    id: "nginx",
    values: communityValues,
  },
  f5: {
    component: "f5Nginx",
    releaseName: f5Release,
    className: "nginx-f5",
    controller: f5Controller,
    id: "nginx-f5",
    values: f5Values,
  },
};

/** The one that routes go through, and after it the one that they are leaving. */
function kindsOf({ kind, switchingFrom }: NginxOptions): readonly NginxKind[] {
  return switchingFrom === undefined ? [kind] : [kind, switchingFrom];
}

/** Class of the Ingresses that routes go through. */
export function nginxClass({ kind }: NginxOptions): string {
  return distributions[kind].className;
}

/** Service of its load balancer. Both charts call it after a release whose name holds the chart's. */
export function nginxService(options: NginxOptions): { readonly namespace: string; readonly name: string } {
  return { namespace: options.namespace, name: `${distributions[options.kind].releaseName}-controller` };
}

function install(
  scope: Construct,
  kind: NginxKind,
  options: NginxOptions,
  context: Pick<ControllerContext, "balancers" | "certificateArn" | "chartMirror" | "network" | "dependsOn">,
): ITerraformDependable {
  const { component, releaseName, className, controller, id, values } = distributions[kind];
  // Helm refuses a class of another release, so Terraform has it.
  const ingressClass = new IngressClassV1(scope, `${id}-class`, {
    metadata: { name: className },
    spec: { controller },
  });
  return new ControllerRelease(scope, id, {
    component: components[component],
    releaseName,
    namespace: options.namespace,
    chartMirror: context.chartMirror,
    values: values(options, className, {
      certificateArn: context.certificateArn(options),
      balancers: context.balancers,
      network: context.network,
    }),
    dependsOn: [...context.dependsOn, ingressClass],
  }).ready;
}

/** nginx as an ingress controller: the community's, or F5's in its place by one word. */
export const nginx = defineController({
  description: "nginx as an ingress controller: the community's, which ended, or F5's.",
  schema: nginxSchema,
  components: (options) => kindsOf(options).map((kind) => distributions[kind].component),
  namespace: (options) => options.namespace,
  after: ["awsLoadBalancerController"],
  balancer: ({ exposure, ...tls }) => ({
    tls,
    exposure,
    elasticIps: false,
    option: { value: exposure, internal: "internal" },
  }),
  install(scope, options, context) {
    const [ready] = kindsOf(options).map((kind) => install(scope, kind, options, context));
    if (ready === undefined) throw new Error("no kind of nginx");
    return { ready };
  },
});
