import { ApiGatewayVpcLink } from "@cdktf/provider-aws/lib/api-gateway-vpc-link";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { CertificateArn } from "../certificates/issued";
import type { DoorContext } from "../door/door";
import type { BalancerSettings } from "../load-balancer/attributes";
import { assertNever } from "../schema/assert-never";
import type { RouteTarget } from "../workloads/route-target";
import { CustomDomain } from "./custom-domain";
import { HttpApi } from "./http-api";
import { ApiLoadBalancer, type ApiNetwork, type Backend } from "./load-balancer";
import { listenerPort, type PlannedRoute, toWorkloads } from "./plan";
import { RestApi } from "./rest-api";
import type { PrivateWay } from "./rest-integration";
import type { RestApiOptions } from "./rest-schema";
import { RestStage } from "./rest-stage";
import { makeReverseProxy } from "./reverse-proxy";
import type { Api, HttpApiOptions } from "./schema";
import { UsagePlan } from "./usage-plan";
import { VpcLink } from "./vpc-link";

/** A route with the workload it leads to. */
export interface ApiRoute extends PlannedRoute {
  readonly target: RouteTarget;
}

/** What an API may know of where it stands. */
export interface ApiContext {
  readonly environment: string;
  readonly region: string;
  readonly network: ApiNetwork;
  /** ARN of a certificate that a custom domain presents. */
  readonly certificateArn: CertificateArn;
  /** ARN of the web ACL that an API has in front. */
  readonly webAclArn: DoorContext["webAclArn"];
  /** What every load balancer of the environment has. */
  readonly balancers: BalancerSettings;
  /** Bundle of one of `trustStores`. */
  readonly trustBundle: (name: string) => { readonly uri: string; readonly version: string };
  /** Id of the Route 53 zone of a domain name. */
  readonly zoneId: (name: string) => string;
  /** ARN of one of `identity.users`. */
  readonly userArn: (name: string) => string;
  /** The account's role for logs of REST APIs, where it is made here. */
  readonly logsRole: ITerraformDependable | undefined;
}

export interface ApiProps extends ApiContext {
  readonly name: string;
  readonly options: Api;
  readonly routes: readonly ApiRoute[];
}

const proxyListenerPort = 80;

/** What callers of an API need of it. */
interface MadeApi {
  readonly url: string;
  readonly usagePlanId?: string;
}

/** One API of an environment with all that leads from it to pods. */
export class ApiDoor extends Construct {
  /** Where callers reach the stage, without a slash at the end. */
  readonly url: string;
  /** Id of the usage plan, where there is one. */
  readonly usagePlanId: string | undefined;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ApiProps,
  ) {
    super(scope, id);
    ({ url: this.url, usagePlanId: this.usagePlanId } = this.ofKind(props.options));
  }

  private ofKind(options: Api): MadeApi {
    switch (options.kind) {
      case "rest":
        return this.rest(options);
      case "http":
        return { url: this.http(options) };
      default:
        return assertNever("kind of API", options);
    }
  }

  private rest(options: RestApiOptions): MadeApi {
    const { environment, name, network, routes, userArn, logsRole } = this.props;
    const api = new RestApi(this, "Resource", {
      name,
      options,
      routes,
      way: this.restWay(options),
      vpcId: network.vpcId,
      userArn,
    });
    const stage = new RestStage(this, "stage", {
      environment,
      name,
      options,
      restApiId: api.id,
      deploymentId: api.deploymentId,
      webAclArn: this.props.webAclArn(options),
      logsRole,
    });
    const edge = options.endpoint.kind === "EDGE";
    const url = this.domain(options, { id: api.id, stageName: stage.stageName, edge }) ?? stage.invokeUrl;
    if (options.usagePlan === undefined) return { url };
    const plan = new UsagePlan(this, "usage-plan", {
      name: `${environment}-${name}`,
      options: options.usagePlan,
      restApiId: api.id,
      stageName: stage.stageName,
    });
    return { url, usagePlanId: plan.id };
  }

  private http(options: HttpApiOptions): string {
    const { environment, name, routes } = this.props;
    const backends = directBackends(routes);
    const api = new HttpApi(this, "Resource", {
      environment,
      name,
      options,
      routes,
      way: backends.length === 0 ? undefined : this.linkedByInterfaces(backends),
    });
    return this.domain(options, { id: api.id, stageName: api.stageName, edge: false }) ?? api.invokeUrl;
  }

  private domain(
    { kind, customDomain }: Api,
    stage: { readonly id: string; readonly stageName: string; readonly edge: boolean },
  ): string | undefined {
    if (customDomain === undefined) return undefined;
    const certificateArn = this.props.certificateArn(customDomain, stage.edge ? "edge" : "region");
    if (certificateArn === undefined) throw new Error(`the domain ${customDomain.name} has no certificate`);
    return new CustomDomain(this, "domain", {
      options: customDomain,
      api: { kind, ...stage },
      certificateArn,
      trust:
        customDomain.clientCertificates === undefined
          ? undefined
          : this.props.trustBundle(customDomain.clientCertificates),
      zoneId: this.props.zoneId,
    }).url;
  }

  private restWay(options: RestApiOptions): PrivateWay | undefined {
    const { name, routes } = this.props;
    const proxied = options.reverseProxy.kind === "nginx";
    const backends = proxied ? this.proxyBackend(options) : directBackends(routes);
    if (backends.length === 0) return undefined;
    const portOf = proxied ? () => proxyListenerPort : listenerPort;
    if (options.vpcLink.kind === "v2") return { kind: "v2", portOf, ...this.linkedByInterfaces(backends) };
    const loadBalancer = this.loadBalancer(backends, { kind: "private-link" });
    const link = new ApiGatewayVpcLink(this, "vpc-link", { name, targetArns: [loadBalancer.arn] });
    return { kind: "v1", vpcLinkId: link.id, loadBalancer, portOf };
  }

  /** The reverse proxy as the one backend, where any route goes to a workload. */
  private proxyBackend({ reverseProxy }: RestApiOptions): readonly Backend[] {
    const routes = toWorkloads(this.props.routes);
    const [first] = routes;
    if (reverseProxy.kind === "off" || first === undefined) return [];
    const proxy = makeReverseProxy(this, "reverse-proxy", {
      api: this.props.name,
      options: reverseProxy,
      namespace: first.target.namespace,
      region: this.props.region,
      paths: [...new Map(routes.map((route) => [route.route.path, route])).values()].map(({ route, target }) => ({
        path: route.path,
        below: route.match.kind === "prefix",
        service: target.service,
      })),
      dependsOn: [...new Set(routes.map(({ target }) => target.ready))],
    });
    return [{ ...backendOf(proxy), name: "proxy", listenerPort: proxyListenerPort }];
  }

  private linkedByInterfaces(backends: readonly Backend[]) {
    const { environment, name, network } = this.props;
    const ports = backends.map((backend) => backend.listenerPort);
    const link = new VpcLink(this, "vpc-link", { name: `${environment}-${name}`, network, ports });
    const loadBalancer = this.loadBalancer(backends, { kind: "security-group", id: link.securityGroupId });
    return { vpcLinkId: link.id, loadBalancer };
  }

  private loadBalancer(
    backends: readonly Backend[],
    callers: ConstructorParameters<typeof ApiLoadBalancer>[2]["callers"],
  ): ApiLoadBalancer {
    const { environment, name, network, balancers } = this.props;
    return new ApiLoadBalancer(this, "load-balancer", {
      environment,
      api: name,
      network,
      balancers,
      backends,
      callers,
    });
  }
}

function backendOf(target: RouteTarget): Omit<Backend, "listenerPort"> {
  const { name, namespace, service, containerPort, drainSeconds, ready } = target;
  return { name, namespace, service, containerPort, drainSeconds, ready };
}

/** A listener for each workload and port; routes of one workload share theirs. */
function directBackends(routes: readonly ApiRoute[]): readonly Backend[] {
  const byPort = new Map(
    toWorkloads(routes).map((route) => [
      listenerPort(route),
      { ...backendOf(route.target), listenerPort: listenerPort(route) },
    ]),
  );
  return [...byPort.values()];
}
