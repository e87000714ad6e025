import { z } from "zod";
import { apiGatewaySchema, apisSchema } from "../modules/api-gateway/schema";
import { awsSchema } from "../modules/aws/schema";
import { certificatesSchema } from "../modules/certificates/schema";
import { type AddonOptions, defaultAddon } from "../modules/cluster/addon-schema";
import { clusterSchema } from "../modules/cluster/schema";
import { dnsSchema } from "../modules/dns/schema";
import { gatewaysSchema } from "../modules/gateway/schema";
import { identitySchema } from "../modules/identity/schema";
import { acknowledgementsSchema } from "../modules/lifecycle/acknowledgements";
import { loadBalancersSchema } from "../modules/load-balancer/settings-schema";
import { manifestsSchema } from "../modules/manifests/schema";
import { withMesh } from "../modules/mesh/additions";
import { meshSchema } from "../modules/mesh/schema";
import { networkSchema } from "../modules/network/schema";
import { networkPoliciesSchema } from "../modules/network-policies/schema";
import { waiversSchema } from "../modules/policies/schema";
import { registrySchema } from "../modules/registry/schema";
import { releasesSchema } from "../modules/releases/schema";
import { packageDigest } from "../modules/releases/signature-schema";
import { described } from "../modules/schema/descriptions";
import { examples } from "../modules/schema/examples";
import { dnsLabel } from "../modules/schema/primitives";
import { stateSchema } from "../modules/state/schema";
import { storageClassesSchema } from "../modules/storage/schema";
import { trustStoresSchema } from "../modules/trust-stores/schema";
import { webAclsSchema } from "../modules/web-acls/schema";
import { namespacesSchema, routedWorkloadSchema } from "../modules/workloads/schema";
import { controllersSchema } from "./controllers";
import { routeSchema } from "./doors";
import type { EnvironmentInput } from "./environment-input";
import { environmentName } from "./environment-name";
import { withRunAccess } from "./run-access";

export const environmentSchema = described(
  "An AWS account and region with one cluster and what runs on it.",
  z
    .strictObject({
      name: environmentName,
      aws: awsSchema,
      state: stateSchema.prefault({ kind: "local" }),
      network: networkSchema.prefault({ kind: "create" }),
      cluster: clusterSchema.prefault({}),
      registry: registrySchema.prefault({}),
      dns: dnsSchema.prefault({}),
      certificates: certificatesSchema,
      trustStores: trustStoresSchema,
      webAcls: webAclsSchema,
      identity: identitySchema.prefault({}),
      charts: described(
        "Where charts come from.",
        z
          .strictObject({
            mirror: described(
              "One repository for every chart, `https://…` or `oci://…`, for networks that cannot reach the charts' " +
                "own. It keeps their names and versions. Default: each chart's own address.",
              z
                .string()
                .regex(
                  /^(https?|oci):\/\/.+[^/]$/,
                  "a mirror is an https:// or oci:// address without a slash at the end",
                )
                .register(examples, { example: "oci://registry.example.com/charts" })
                .optional(),
            ),
            digests: described(
              "SHA-256 of the packages of controllers' charts, the `.tgz`, by the name of the chart; for other charts see " +
                "`releases`. `foundry verify` prints them; with one, `verify`, `preflight` and so `apply` refuse any " +
                "other package. Terraform's Helm provider takes no digest itself. Default: none.",
              z.record(z.string(), packageDigest).default({}),
            ),
          })
          .prefault({}),
      ),
      acknowledgeEndOfLife: described(
        "Components past their end of life that this environment keeps, with the date of that end. Default: none.",
        acknowledgementsSchema,
      ),
      waivers: waiversSchema,
      controllers: controllersSchema,
      apis: described("APIs of Amazon API Gateway that routes of kind `api-gateway` name, by name.", apisSchema),
      apiGateway: apiGatewaySchema.prefault({}),
      gateways: described(
        "Load balancers of the Gateway API, by name; routes of kind `gateway` name them.",
        gatewaysSchema,
      ),
      loadBalancers: loadBalancersSchema.prefault({}),
      networkPolicies: networkPoliciesSchema,
      namespaces: described(
        "Namespaces that need labels of their own; those of workloads are made in any case.",
        namespacesSchema,
      ),
      storageClasses: storageClassesSchema,
      workloads: described(
        "Deployments with their Services, StatefulSets and Jobs, by name.",
        z.record(dnsLabel, routedWorkloadSchema(routeSchema)).default({}),
      ),
      releases: described(
        "Charts of Helm beside the controllers, by the name of their release: whatever a repository or a registry has. " +
          "They are installed in the controllers stack.",
        releasesSchema,
      ),
      manifests: described(
        "Objects of Kubernetes of the environment's own, by a name for each group of them.",
        manifestsSchema,
      ),
      mesh: described(
        "Workloads that call each other through App Mesh or VPC Lattice. Default: none.",
        meshSchema.optional(),
      ),
    })
    .transform((environment) => {
      const { name, cluster, workloads } = environment;
      const vpcCni = cluster.addons["vpc-cni"];
      const measured = Object.values(workloads).some(({ autoscaler }) => autoscaler !== undefined);
      return withRunAccess(
        withMesh({
          ...environment,
          cluster: {
            ...cluster,
            name: cluster.name ?? name,
            addons: {
              ...cluster.addons,
              "metrics-server": cluster.addons["metrics-server"] ?? (measured ? defaultAddon : "off"),
              "vpc-cni": environment.networkPolicies === "off" ? vpcCni : enforcing(vpcCni),
            },
          },
        }),
      );
    }),
);

/** The VPC CNI with the switch that has it enforce network policies. Source: EKS user guide, "Enable the network policy". */
function enforcing(addon: "off" | AddonOptions): "off" | AddonOptions {
  if (addon === "off") return addon;
  return { ...addon, configuration: { ...addon.configuration, enableNetworkPolicy: "true" } };
}

export type { EnvironmentInput };

/** An environment with every default filled in. */
export type Environment = z.output<typeof environmentSchema>;
