import { z } from "zod";
import { externalDnsAnnotation } from "../../dns/record";
import { credentialsAnnotation, roleAnnotations } from "../../identity/credentials";
import { components } from "../../lifecycle/components";
import { described } from "../../schema/descriptions";
import { dnsLabel, domainName } from "../../schema/primitives";
import { memoryLimit, requests } from "../../schema/resources";
import { defineController } from "../controller";
import { ControllerRelease } from "../release";
import { externalDnsPolicy } from "./policy";

const name = "external-dns";

/** Makes DNS records of the hosts whose objects ask for them: routes with `dns: { kind: "external-dns" }`. */
export const externalDns = defineController({
  description: "Makes DNS records of the hosts whose routes ask for them.",
  schema: z.strictObject({
    namespace: described("Namespace of its pods.", dnsLabel.default(name)),
    domains: described(
      "Zones of `dns.zones`, by domain name, whose records it may make. Default: all of them.",
      z.array(domainName).min(1).optional(),
    ),
    policy: described(
      "`upsert-only` leaves the records of routes that are gone; `sync` takes away what it made itself, a minute " +
        "later. Records that are left stop the end of a zone made here unless it says `foreignRecords`.",
      z.enum(["upsert-only", "sync"]).default("upsert-only"),
    ),
    resources: described(
      "CPU and memory of each pod.",
      z.strictObject({ requests: requests("50m", "64Mi"), limits: memoryLimit("128Mi") }).prefault({}),
    ),
  }),
  components: () => ["externalDns"],
  namespace: (options) => options.namespace,
  podSecurity: "restricted",
  // It does not start where a kind it watches is missing.
  after: ["gatewayApiCrds"],
  identity: (options, context) => ({
    namespace: options.namespace,
    serviceAccount: name,
    roleName: "ExternalDNSRole",
    policyName: "ExternalDNSIAMPolicy",
    policy: externalDnsPolicy(options.domains ?? context.domains, context),
  }),
  install(scope, options, context) {
    const release = new ControllerRelease(scope, name, {
      component: components.externalDns,
      releaseName: name,
      namespace: options.namespace,
      chartMirror: context.chartMirror,
      values: {
        provider: { name: "aws" },
        sources: ["service", "ingress", ...(context.has("gatewayApiCrds") ? ["gateway-httproute"] : [])],
        domainFilters: options.domains ?? context.domains,
        // A private zone may have the same name.
        extraArgs: { "aws-zone-type": "public" },
        // Every other object keeps its host to itself.
        annotationFilter: externalDnsAnnotation,
        policy: options.policy,
        registry: "txt",
        txtOwnerId: context.environment,
        // Its region decides which endpoint of STS it asks; Route 53 has none.
        env: [{ name: "AWS_DEFAULT_REGION", value: context.aws.region }],
        resources: options.resources,
        podAnnotations: credentialsAnnotation(context.roleArn),
        serviceAccount: {
          create: true,
          name,
          ...roleAnnotations(context.roleArn),
        },
      },
      dependsOn: context.dependsOn,
    });
    return { ready: release.ready };
  },
});
