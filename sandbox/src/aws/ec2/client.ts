import type { MotoClient } from "../moto-client";
import { elementText, elementTexts } from "../xml";

/** The EC2 operations that the front's own parts call. */
export class Ec2Client {
  constructor(
    private readonly moto: MotoClient,
    private readonly region: string,
  ) {}

  /** @throws MotoError InvalidSubnetID.NotFound */
  async subnets(ids: readonly string[]): Promise<readonly Subnet[]> {
    const xml = await this.call("DescribeSubnets", numbered("SubnetId", ids));
    return items(xml, "subnetSet").map((item) => ({
      subnetId: required(item, "subnetId"),
      vpcId: required(item, "vpcId"),
      availabilityZone: required(item, "availabilityZone"),
    }));
  }

  /** The targets of the routes that a subnet follows: ids of gateways, `local` for the VPC itself. */
  async routeTargets(subnet: Subnet): Promise<readonly string[]> {
    const own = await this.call("DescribeRouteTables", filters({ "association.subnet-id": [subnet.subnetId] }));
    const xml = own.includes("<routeTableId>")
      ? own
      : await this.call("DescribeRouteTables", filters({ "vpc-id": [subnet.vpcId], "association.main": ["true"] }));
    return elementTexts(xml, "gatewayId");
  }

  async createSecurityGroup(group: SecurityGroup): Promise<string> {
    const xml = await this.call("CreateSecurityGroup", {
      GroupName: group.name,
      GroupDescription: group.description,
      VpcId: group.vpcId,
      ...tagSpecification("security-group", group.tags),
    });
    const groupId = required(xml, "groupId");
    await this.call("AuthorizeSecurityGroupIngress", {
      GroupId: groupId,
      "IpPermissions.1.IpProtocol": "-1",
      "IpPermissions.1.Groups.1.GroupId": groupId,
    });
    return groupId;
  }

  async deleteSecurityGroup(groupId: string): Promise<void> {
    await this.call("DeleteSecurityGroup", { GroupId: groupId });
  }

  async createNetworkInterface(subnetId: string, groupIds: readonly string[], description: string): Promise<string> {
    const groups = numbered("SecurityGroupId", groupIds);
    const xml = await this.call("CreateNetworkInterface", { SubnetId: subnetId, Description: description, ...groups });
    return required(xml, "networkInterfaceId");
  }

  async deleteNetworkInterface(id: string): Promise<void> {
    await this.call("DeleteNetworkInterface", { NetworkInterfaceId: id });
  }

  /** Ids of the network interfaces that match every filter, such as `subnet-id` or `group-id`. */
  async networkInterfaces(wanted: Readonly<Record<string, readonly string[]>>): Promise<readonly string[]> {
    const xml = await this.call("DescribeNetworkInterfaces", filters(wanted));
    return items(xml, "networkInterfaceSet").map((item) => required(item, "networkInterfaceId"));
  }

  /** @throws MotoError InvalidLaunchTemplateId.NotFound and its like */
  async launchTemplate(wanted: { readonly id?: string; readonly name?: string }): Promise<LaunchTemplate> {
    const xml = await this.call("DescribeLaunchTemplates", {
      ...(wanted.id === undefined ? {} : { "LaunchTemplateId.1": wanted.id }),
      ...(wanted.name === undefined ? {} : { "LaunchTemplateName.1": wanted.name }),
    });
    return {
      id: required(xml, "launchTemplateId"),
      name: required(xml, "launchTemplateName"),
      defaultVersion: required(xml, "defaultVersionNumber"),
      latestVersion: required(xml, "latestVersionNumber"),
    };
  }

  /** The data of one version of a launch template, as XML. */
  async launchTemplateData(id: string, version: string): Promise<string> {
    return this.call("DescribeLaunchTemplateVersions", { LaunchTemplateId: id, "LaunchTemplateVersion.1": version });
  }

  /** Calls any EC2 operation; gives its XML. */
  async call(action: string, parameters: Readonly<Record<string, string>>): Promise<string> {
    const scope = { accessKeyId: "SANDBOX", region: this.region, service: "ec2" };
    return this.moto.query(scope, "2016-11-15", action, parameters);
  }
}

export interface Subnet {
  readonly subnetId: string;
  readonly vpcId: string;
  readonly availabilityZone: string;
}

export interface SecurityGroup {
  readonly name: string;
  readonly description: string;
  readonly vpcId: string;
  readonly tags: Readonly<Record<string, string>>;
}

export interface LaunchTemplate {
  readonly id: string;
  readonly name: string;
  readonly defaultVersion: string;
  readonly latestVersion: string;
}

/** A list parameter of the query protocol: `SubnetId.1`, `SubnetId.2` and so on. */
export function numbered(name: string, values: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(values.map((value, index) => [`${name}.${index + 1}`, value]));
}

/** The `Filter` parameters of a Describe operation. */
export function filters(wanted: Readonly<Record<string, readonly string[]>>): Readonly<Record<string, string>> {
  return Object.assign(
    {},
    ...Object.entries(wanted).map(([name, values], index) => ({
      [`Filter.${index + 1}.Name`]: name,
      ...numbered(`Filter.${index + 1}.Value`, values),
    })),
  );
}

/** The items of a set element, each as XML, however deeply items nest inside them. */
export function items(xml: string, set: string): readonly string[] {
  const inner = elementText(xml, set) ?? "";
  const found: string[] = [];
  let depth = 0;
  let start = 0;
  for (const tag of inner.matchAll(/<(\/?)item>/g)) {
    if (tag[1] === "") {
      depth += 1;
      start = depth === 1 ? tag.index + tag[0].length : start;
    } else {
      depth -= 1;
      if (depth === 0) {
        found.push(inner.slice(start, tag.index));
      }
    }
  }
  return found;
}

function tagSpecification(type: string, tags: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.assign(
    { "TagSpecification.1.ResourceType": type },
    ...Object.entries(tags).map(([key, value], index) => ({
      [`TagSpecification.1.Tag.${index + 1}.Key`]: key,
      [`TagSpecification.1.Tag.${index + 1}.Value`]: value,
    })),
  );
}

function required(xml: string, name: string): string {
  const text = elementText(xml, name);
  if (text === undefined) {
    throw new Error(`sandbox: EC2's answer has no ${name}: ${xml}`);
  }
  return text;
}
