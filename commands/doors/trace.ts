import type { EnvironmentJson } from "../terraform-json/environment-json";
import { placeOf } from "../terraform-json/environment-json";
import { ackApiWays } from "./ack-api";
import { albWays } from "./alb";
import { ambassadorWays } from "./ambassador";
import { appMeshWays, meshGatewayServices } from "./app-mesh";
import { findingsBeside } from "./beside";
import { behindCloudFront, cloudFrontWays } from "./cloudfront";
import { gatewayWays } from "./gateway";
import { httpApiWays } from "./http-api";
import { kubernetesApiWays } from "./kubernetes-api";
import { Landscape } from "./landscape";
import { nginxWays } from "./nginx";
import { restApiWays } from "./rest-api";
import { serviceWays } from "./services";
import type { Finding, Trace, Way } from "./way";

/** Every way into an environment, read from its synthesized stacks alone. */
export function traceOf(environment: EnvironmentJson, landscape = new Landscape(environment)): Trace {
  const ways = [
    ...cloudFrontWays(landscape),
    ...albWays(landscape, behindCloudFront(landscape)),
    ...gatewayWays(landscape),
    ...ambassadorWays(landscape),
    ...nginxWays(landscape),
    ...serviceWays(landscape, meshGatewayServices(landscape)),
    ...restApiWays(landscape),
    ...httpApiWays(landscape),
    ...ackApiWays(landscape),
    ...appMeshWays(landscape),
    ...kubernetesApiWays(landscape),
  ].map(held);
  return {
    environment: environment.name,
    ways: [...ways].sort((one, other) => (one.id < other.id ? -1 : one.id > other.id ? 1 : 0)),
    findings: findingsBeside(landscape),
    unseen: unseen(landscape),
  };
}

/** A way that no route declares is a finding of its own. */
function held(way: Way): Way {
  if (way.declaredAs.length > 0) return way;
  const place = [...way.hops].reverse().find((hop) => hop.stop === "rule" || hop.stop === "listener")?.place;
  const undeclared: Finding = {
    hole: "undeclared-way",
    says: `No route of the environment declares the way ${way.id}.`,
    ...(place === undefined ? {} : { place }),
  };
  return { ...way, findings: [...way.findings, undeclared] };
}

function unseen(landscape: Landscape): readonly string[] {
  const elsewhere = landscape.network.made
    ? []
    : ["The VPC is made elsewhere: its subnets, their routes and its peers are not in the JSON."];
  const gateways = landscape
    .blocks("aws_vpc_peering_connection")
    .concat(landscape.blocks("aws_ec2_transit_gateway_vpc_attachment"))
    .map((block) => `${placeOf(block)} connects other networks to the VPC.`);
  return [...elsewhere, ...gateways];
}
