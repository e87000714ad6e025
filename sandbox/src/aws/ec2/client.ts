import {
  AuthorizeSecurityGroupIngressCommand,
  type AvailabilityZone,
  CreateNetworkInterfaceCommand,
  CreateSecurityGroupCommand,
  DeleteNetworkInterfaceCommand,
  DeleteSecurityGroupCommand,
  DescribeAvailabilityZonesCommand,
  DescribeLaunchTemplatesCommand,
  DescribeLaunchTemplateVersionsCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRouteTablesCommand,
  DescribeSubnetsCommand,
  EC2Client,
  type Filter,
  type LaunchTemplate,
  type ResponseLaunchTemplateData,
  type RouteTable,
} from "@aws-sdk/client-ec2";
import type { MotoClient } from "../moto-client";
import { sdkOptions } from "../sdk";

/** What the front's own parts ask of EC2. Every method throws EC2ServiceException when moto refuses. */
export class Ec2 {
  readonly client: EC2Client;

  constructor(moto: MotoClient, region: string) {
    this.client = new EC2Client(sdkOptions(moto.endpoint, region));
  }

  async subnets(ids: readonly string[]): Promise<readonly Subnet[]> {
    const { Subnets = [] } = await this.client.send(new DescribeSubnetsCommand({ SubnetIds: [...ids] }));
    return Subnets.map(
      ({
        SubnetId: subnetId = "",
        VpcId: vpcId = "",
        AvailabilityZone: availabilityZone = "",
        AvailabilityZoneId: availabilityZoneId = "",
      }) => ({ subnetId, vpcId, availabilityZone, availabilityZoneId }),
    );
  }

  /** The region's zones, each with its id, which is the same in every account. */
  async zones(): Promise<readonly AvailabilityZone[]> {
    const { AvailabilityZones = [] } = await this.client.send(new DescribeAvailabilityZonesCommand({}));
    return AvailabilityZones;
  }

  /** The targets of the routes that a subnet follows: ids of gateways, `local` for the VPC itself. */
  async routeTargets(subnet: Subnet): Promise<readonly string[]> {
    const own = await this.routeTables({ "association.subnet-id": [subnet.subnetId] });
    const followed =
      own.length > 0 ? own : await this.routeTables({ "vpc-id": [subnet.vpcId], "association.main": ["true"] });
    return followed.flatMap(({ Routes = [] }) => Routes.flatMap(({ GatewayId }) => GatewayId ?? []));
  }

  /** One whose members may reach each other; its id. */
  async createSecurityGroup({ name, description, vpcId, tags }: SecurityGroupProps): Promise<string> {
    const { GroupId = "" } = await this.client.send(
      new CreateSecurityGroupCommand({
        GroupName: name,
        Description: description,
        VpcId: vpcId,
        TagSpecifications: [
          { ResourceType: "security-group", Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) },
        ],
      }),
    );
    const IpPermissions = [{ IpProtocol: "-1", UserIdGroupPairs: [{ GroupId }] }];
    await this.client.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
    return GroupId;
  }

  async deleteSecurityGroup(groupId: string): Promise<void> {
    await this.client.send(new DeleteSecurityGroupCommand({ GroupId: groupId }));
  }

  async createNetworkInterface(subnetId: string, groupIds: readonly string[], description: string): Promise<string> {
    const { NetworkInterface } = await this.client.send(
      new CreateNetworkInterfaceCommand({ SubnetId: subnetId, Description: description, Groups: [...groupIds] }),
    );
    return NetworkInterface?.NetworkInterfaceId ?? "";
  }

  async deleteNetworkInterface(id: string): Promise<void> {
    await this.client.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId: id }));
  }

  /** Ids of the network interfaces that match every filter, such as `subnet-id` or `group-id`. */
  async networkInterfaces(wanted: Wanted): Promise<readonly string[]> {
    const { NetworkInterfaces = [] } = await this.client.send(
      new DescribeNetworkInterfacesCommand({ Filters: filters(wanted) }),
    );
    return NetworkInterfaces.flatMap(({ NetworkInterfaceId }) => NetworkInterfaceId ?? []);
  }

  async launchTemplate(wanted: { readonly id?: string; readonly name?: string }): Promise<LaunchTemplate> {
    const { LaunchTemplates = [] } = await this.client.send(
      new DescribeLaunchTemplatesCommand({
        ...(wanted.id === undefined ? {} : { LaunchTemplateIds: [wanted.id] }),
        ...(wanted.name === undefined ? {} : { LaunchTemplateNames: [wanted.name] }),
      }),
    );
    return LaunchTemplates[0] ?? {};
  }

  /** The data of one version of a launch template. */
  async launchTemplateData(id: string, version: string): Promise<ResponseLaunchTemplateData> {
    const { LaunchTemplateVersions = [] } = await this.client.send(
      new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateId: id, Versions: [version] }),
    );
    return LaunchTemplateVersions[0]?.LaunchTemplateData ?? {};
  }

  private async routeTables(wanted: Wanted): Promise<readonly RouteTable[]> {
    const { RouteTables = [] } = await this.client.send(new DescribeRouteTablesCommand({ Filters: filters(wanted) }));
    return RouteTables;
  }
}

export interface Subnet {
  readonly subnetId: string;
  readonly vpcId: string;
  readonly availabilityZone: string;
  readonly availabilityZoneId: string;
}

export interface SecurityGroupProps {
  readonly name: string;
  readonly description: string;
  readonly vpcId: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** Values by the name of a filter. */
type Wanted = Readonly<Record<string, readonly string[]>>;

/** The filters of a Describe operation. */
export function filters(wanted: Wanted): Filter[] {
  return Object.entries(wanted).map(([Name, values]) => ({ Name, Values: [...values] }));
}
