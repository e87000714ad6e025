import { z } from "zod";
import { apiGatewaySchema, apisSchema } from "../modules/api-gateway/schema";
import { awsSchema } from "../modules/aws/schema";
import { clusterSchema, defaultAddon } from "../modules/cluster/schema";
import { dnsSchema } from "../modules/dns/schema";
import { gatewaysSchema } from "../modules/gateway/schema";
import { identitySchema } from "../modules/identity/schema";
import { acknowledgementsSchema } from "../modules/lifecycle/acknowledgements";
import { withMesh } from "../modules/mesh/additions";
import { meshSchema } from "../modules/mesh/schema";
import { networkSchema } from "../modules/network/schema";
import { registrySchema } from "../modules/registry/schema";
import { examples } from "../modules/schema/examples";
import { dnsLabel } from "../modules/schema/primitives";
import { stateSchema } from "../modules/state/schema";
import { namespacesSchema, routedWorkloadSchema } from "../modules/workloads/schema";
import { controllersSchema } from "./controllers";
import { routeSchema } from "./doors";

/** An AWS account and region with one cluster and what runs on it. */
export const environmentSchema = z
  .strictObject({
    /** The file's name without `.ts`; prefixes names in AWS. At most 20 characters. */
    name: z
      .string()
      .regex(/^[a-z]([a-z0-9-]{0,18}[a-z0-9])?$/, "a name has lower-case letters, digits and hyphens, at most 20")
      .register(examples, { example: "dev" }),
    aws: awsSchema,
    /** Default: local files. */
    state: stateSchema.prefault({ kind: "local" }),
    /** Default: a VPC of its own over three zones. */
    network: networkSchema.prefault({ kind: "create" }),
    cluster: clusterSchema.prefault({}),
    registry: registrySchema.prefault({}),
    dns: dnsSchema.prefault({}),
    identity: identitySchema.prefault({}),
    /** Where charts come from. */
    charts: z
      .strictObject({
        /**
         * One repository for every chart, `https://…` or `oci://…`, for networks that cannot reach the charts' own.
         * It keeps their names and versions. Default: each chart's own address.
         */
        mirror: z
          .string()
          .regex(/^(https?|oci):\/\/.+[^/]$/, "a mirror is an https:// or oci:// address without a slash at the end")
          .register(examples, { example: "oci://registry.example.com/charts" })
          .optional(),
      })
      .prefault({}),
    /** Components past their end of life that this environment keeps, with the date of that end. Default: none. */
    acknowledgeEndOfLife: acknowledgementsSchema,
    controllers: controllersSchema,
    /** APIs of Amazon API Gateway that routes of kind `api-gateway` name, by name. Default: none. */
    apis: apisSchema,
    /** What API Gateway keeps once for an account and region. */
    apiGateway: apiGatewaySchema.prefault({}),
    /** Load balancers of the Gateway API, by name; routes of kind `gateway` name them. Default: none. */
    gateways: gatewaysSchema,
    /** Namespaces that need labels of their own; those of workloads are made in any case. Default: none. */
    namespaces: namespacesSchema,
    /** Deployments with their Services, by name. Default: none. */
    workloads: z.record(dnsLabel, routedWorkloadSchema(routeSchema)).default({}),
    /** Workloads that call each other through App Mesh or VPC Lattice. Default: none. */
    mesh: meshSchema.optional(),
  })
  .transform((environment) => {
    const { name, cluster, workloads } = environment;
    const measured = Object.values(workloads).some(({ autoscaler }) => autoscaler !== undefined);
    return withMesh({
      ...environment,
      cluster: {
        ...cluster,
        name: cluster.name ?? name,
        addons: {
          ...cluster.addons,
          "metrics-server": cluster.addons["metrics-server"] ?? (measured ? defaultAddon : "off"),
        },
      },
    });
  });

/** What an environment file holds. */
export type EnvironmentInput = z.input<typeof environmentSchema>;

/** An environment with every default filled in. */
export type Environment = z.output<typeof environmentSchema>;
