import { Construct } from "constructs";
import type { AuthService } from "../../../.gen/getambassador.io/v3alpha1/auth-service";
import type { RateLimitService } from "../../../.gen/getambassador.io/v3alpha1/rate-limit-service";
import type { EmissaryOptions } from "../../controllers/emissary";
import type { ExternalAuth, RateLimit } from "../../controllers/emissary/services-schema";
import type { DoorContext } from "../../door/door";
import { CustomResources } from "../../kubernetes/custom-resources";
import type { RouteTarget } from "../../workloads/route-target";

const apiVersion = "getambassador.io/v3alpha1";

function addressOf({ service, namespace }: RouteTarget): string {
  return `${service.name}.${namespace}:${service.port}`;
}

function authService(namespace: string, options: ExternalAuth, target: RouteTarget): AuthService {
  const http =
    options.protocol === "grpc"
      ? { protocol_version: "v3" as const }
      : {
          ...(options.pathPrefix === undefined ? {} : { path_prefix: options.pathPrefix }),
          ...(options.requestHeaders.length === 0 ? {} : { allowed_request_headers: options.requestHeaders }),
          ...(options.answerHeaders.length === 0 ? {} : { allowed_authorization_headers: options.answerHeaders }),
        };
  return {
    apiVersion,
    kind: "AuthService",
    metadata: { name: "external-auth", namespace },
    spec: {
      auth_service: addressOf(target),
      proto: options.protocol,
      ...http,
      timeout_ms: options.timeoutMilliseconds,
      // Who cannot be asked lets nobody in.
      failure_mode_allow: false,
    },
  };
}

function rateLimitService(namespace: string, options: RateLimit, target: RouteTarget): RateLimitService {
  return {
    apiVersion,
    kind: "RateLimitService",
    metadata: { name: "rate-limit", namespace },
    spec: {
      service: addressOf(target),
      protocol_version: "v3",
      domain: "ambassador",
      timeout_ms: options.timeoutMilliseconds,
      failure_mode_deny: options.whenAway === "deny",
    },
  };
}

/** What Emissary asks of each call: made with the workloads that answer, and before any route leads to others. */
export class AskedServices extends Construct {
  constructor(scope: Construct, id: string, options: EmissaryOptions | undefined, context: DoorContext) {
    super(scope, id);
    if (options === undefined) return;
    const { externalAuth, rateLimit, namespace, releaseName } = options;
    const target = (workload: string): RouteTarget => {
      const found = context.targets.get(workload);
      if (found === undefined)
        throw new Error(`controllers.emissary asks the workload ${workload}, which is not there`);
      return found;
    };
    const asked = [
      ...(externalAuth === undefined
        ? []
        : [
            {
              manifest: authService(namespace, externalAuth, target(externalAuth.workload)),
              by: externalAuth.workload,
            },
          ]),
      ...(rateLimit === undefined
        ? []
        : [{ manifest: rateLimitService(namespace, rateLimit, target(rateLimit.workload)), by: rateLimit.workload }]),
    ];
    if (asked.length === 0) return;
    new CustomResources(this, "Resource", {
      releaseName: `${releaseName}-asked-services`,
      namespace,
      manifests: asked.map(({ manifest }) => manifest),
      dependsOn: asked.map(({ by }) => target(by).ready),
    });
  }
}
