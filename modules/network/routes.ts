import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { assertNever } from "../schema/assert-never";

/** Where a route table sends what is not for the VPC. */
export type DefaultRoute =
  | { readonly kind: "internet"; readonly gatewayId: string }
  | { readonly kind: "nat"; readonly natGatewayId: string }
  | { readonly kind: "none" };

export interface RoutesProps {
  readonly vpcId: string;
  readonly name: string;
  readonly defaultRoute: DefaultRoute;
}

/** A route table with its default route, if it has one. */
export class Routes extends Construct {
  readonly routeTableId: string;
  /** Undefined where the table leads nowhere but through the VPC. */
  readonly defaultRoute: ITerraformDependable | undefined;

  constructor(scope: Construct, id: string, props: RoutesProps) {
    super(scope, id);
    const table = new RouteTable(this, "Resource", { vpcId: props.vpcId, tags: { Name: props.name } });
    this.routeTableId = table.id;
    const target = gateway(props.defaultRoute);
    this.defaultRoute =
      target === undefined
        ? undefined
        : new Route(this, "default", { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", ...target });
  }
}

function gateway(route: DefaultRoute): { gatewayId: string } | { natGatewayId: string } | undefined {
  switch (route.kind) {
    case "internet":
      return { gatewayId: route.gatewayId };
    case "nat":
      return { natGatewayId: route.natGatewayId };
    case "none":
      return undefined;
    default:
      return assertNever("default route", route);
  }
}

export interface RoutedSubnetProps {
  readonly vpcId: string;
  readonly cidr: string;
  /** Such as `us-west-2a`. */
  readonly availabilityZone: string;
  readonly routes: Routes;
  readonly tags: Readonly<Record<string, string>>;
}

/** A subnet that gives nobody a public address, tied to its route table. */
export class RoutedSubnet extends Construct {
  readonly subnetId: string;
  /** There when the subnet's traffic finds its way. */
  readonly ready: ITerraformDependable;

  constructor(scope: Construct, id: string, props: RoutedSubnetProps) {
    super(scope, id);
    const subnet = new Subnet(this, "Resource", {
      vpcId: props.vpcId,
      cidrBlock: props.cidr,
      availabilityZone: props.availabilityZone,
      mapPublicIpOnLaunch: false,
      tags: props.tags,
    });
    this.subnetId = subnet.id;
    this.ready = new RouteTableAssociation(this, "routes", {
      subnetId: subnet.id,
      routeTableId: props.routes.routeTableId,
      dependsOn: props.routes.defaultRoute === undefined ? undefined : [props.routes.defaultRoute],
    });
  }
}
