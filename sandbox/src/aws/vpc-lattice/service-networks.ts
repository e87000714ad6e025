import { randomBytes } from "node:crypto";
import { z } from "zod";
import { type Answer, type Call, type Extension, jsonAnswer, jsonError } from "../exchange";
import { jsonObject } from "../overlay";
import type { Store } from "../store";
import type { LatticeState, ServiceNetwork, VpcAssociation } from "./records";

const networkRequest = z.looseObject({
  name: z.string(),
  authType: z.string().default("NONE"),
  tags: z.record(z.string(), z.string()).default({}),
});
const associationRequest = z.looseObject({
  serviceNetworkIdentifier: z.string(),
  vpcIdentifier: z.string(),
  securityGroupIds: z.array(z.string()).default([]),
  tags: z.record(z.string(), z.string()).default({}),
});
const networkChange = z.object({ authType: z.string() });
const associationChange = z.object({ securityGroupIds: z.array(z.string()) });
const policyRequest = z.object({ policy: z.string() });
const tagRequest = z.object({ tags: z.record(z.string(), z.string()) });

/**
 * Service networks of VPC Lattice and their associations with VPCs. moto can make both and neither change nor delete
 * them, nor look an association up; here they are whole. Services, listeners, rules and target groups stay with moto.
 */
export function serviceNetworkExtension(store: Store, accountId: string): Extension {
  return {
    service: "vpc-lattice",
    async answer(call) {
      const answer = new ServiceNetworks(store.lattice(call.scope.region), accountId, call.scope.region).answer(call);
      if (call.method !== "GET") {
        store.save();
      }
      return answer;
    },
  };
}

class ServiceNetworks {
  constructor(
    private readonly state: LatticeState,
    private readonly accountId: string,
    private readonly region: string,
  ) {}

  answer(call: Call): Answer | undefined {
    const [, collection, ...rest] = decodeURIComponent(call.path).split("/");
    const identifier = rest.join("/");
    switch (collection) {
      case "servicenetworks":
        return identifier === "" ? this.networks(call) : this.network(call, identifier);
      case "servicenetworkvpcassociations":
        return identifier === "" ? this.associations(call) : this.association(call, identifier);
      case "authpolicy":
        return this.authPolicy(call, identifier);
      case "tags":
        return this.tags(call, identifier);
      default:
        return undefined;
    }
  }

  private networks(call: Call): Answer {
    if (call.method === "GET") {
      return jsonAnswer({ items: [...this.state.serviceNetworks.values()].map((network) => this.described(network)) });
    }
    const { clientToken: _, ...input } = networkRequest.parse(jsonObject(call.body));
    if ([...this.state.serviceNetworks.values()].some(({ name }) => name === input.name)) {
      return jsonError("ConflictException", 409, `Service network ${input.name} already exists`);
    }
    const created: ServiceNetwork = { ...input, ...this.identity("servicenetwork", "sn") };
    this.state.serviceNetworks.set(created.id, created);
    return jsonAnswer(this.described(created), 201);
  }

  private network(call: Call, identifier: string): Answer {
    const network = find(this.state.serviceNetworks, identifier);
    if (network === undefined) {
      return jsonError("ResourceNotFoundException", 404, `SERVICE_NETWORK ${identifier} not found`);
    }
    switch (call.method) {
      case "DELETE":
        if (this.associationsOf(network).length > 0) {
          return jsonError("ConflictException", 409, `Service network ${network.name} is associated with a VPC`);
        }
        this.state.serviceNetworks.delete(network.id);
        this.state.authPolicies.delete(network.id);
        return jsonAnswer({});
      case "PATCH": {
        const { authType } = networkChange.parse(jsonObject(call.body));
        this.state.serviceNetworks.set(network.id, { ...network, authType, lastUpdatedAt: now() });
        return jsonAnswer(this.described({ ...network, authType }));
      }
      default:
        return jsonAnswer(this.described(network));
    }
  }

  private associations(call: Call): Answer {
    if (call.method === "GET") {
      const network = call.query.get("serviceNetworkIdentifier");
      const vpc = call.query.get("vpcIdentifier");
      const items = [...this.state.vpcAssociations.values()]
        .filter((one) => network === null || [one.serviceNetworkId, one["serviceNetworkArn"]].includes(network))
        .filter(({ vpcId }) => vpc === null || vpcId === vpc);
      return jsonAnswer({ items });
    }
    const {
      clientToken: _,
      serviceNetworkIdentifier,
      vpcIdentifier: vpcId,
      ...input
    } = associationRequest.parse(jsonObject(call.body));
    const network = find(this.state.serviceNetworks, serviceNetworkIdentifier);
    if (network === undefined) {
      return jsonError("ResourceNotFoundException", 404, `SERVICE_NETWORK ${serviceNetworkIdentifier} not found`);
    }
    if ([...this.state.vpcAssociations.values()].some((one) => one.vpcId === vpcId)) {
      return jsonError("ConflictException", 409, `VPC ${vpcId} is already associated with a service network`);
    }
    const created: VpcAssociation = {
      ...input,
      ...this.identity("servicenetworkvpcassociation", "snva"),
      status: "ACTIVE",
      createdBy: this.accountId,
      serviceNetworkId: network.id,
      serviceNetworkArn: network.arn,
      serviceNetworkName: network.name,
      vpcId,
    };
    this.state.vpcAssociations.set(created.id, created);
    return jsonAnswer({ ...created, status: "CREATE_IN_PROGRESS" });
  }

  private association(call: Call, identifier: string): Answer {
    const association = find(this.state.vpcAssociations, identifier);
    if (association === undefined) {
      return jsonError("ResourceNotFoundException", 404, `SERVICE_NETWORK_VPC_ASSOCIATION ${identifier} not found`);
    }
    switch (call.method) {
      case "DELETE":
        this.state.vpcAssociations.delete(association.id);
        return jsonAnswer({ id: association.id, arn: association.arn, status: "DELETE_IN_PROGRESS" });
      case "PATCH": {
        const { securityGroupIds } = associationChange.parse(jsonObject(call.body));
        this.state.vpcAssociations.set(association.id, { ...association, securityGroupIds, lastUpdatedAt: now() });
        return jsonAnswer({ ...association, securityGroupIds, status: "UPDATE_IN_PROGRESS" });
      }
      default:
        return jsonAnswer(association);
    }
  }

  /** Source: PutAuthPolicy, GetAuthPolicy and DeleteAuthPolicy in the VPC Lattice API reference. */
  private authPolicy(call: Call, identifier: string): Answer | undefined {
    const network = find(this.state.serviceNetworks, identifier);
    if (network === undefined) return undefined;
    const kept = this.state.authPolicies.get(network.id);
    // A policy of a network that asks nobody for a signature is kept and not held to.
    const state = network.authType === "AWS_IAM" ? "Active" : "Inactive";
    switch (call.method) {
      case "PUT": {
        const { policy } = policyRequest.parse(jsonObject(call.body));
        if (!isPolicy(policy)) return jsonError("ValidationException", 400, "The policy is no document of IAM");
        const lastUpdatedAt = now();
        this.state.authPolicies.set(network.id, { policy, createdAt: kept?.createdAt ?? lastUpdatedAt, lastUpdatedAt });
        return jsonAnswer({ policy, state });
      }
      case "DELETE":
        this.state.authPolicies.delete(network.id);
        return jsonAnswer({});
      default:
        return kept === undefined
          ? jsonError("ResourceNotFoundException", 404, `AUTH_POLICY of ${identifier} not found`)
          : jsonAnswer({ ...kept, state });
    }
  }

  private tags(call: Call, arn: string): Answer | undefined {
    return (
      changeTags(this.state.serviceNetworks, arn, call) ??
      changeTags(this.state.vpcAssociations, arn, call) ??
      undefined
    );
  }

  private associationsOf({ id }: ServiceNetwork): readonly VpcAssociation[] {
    return [...this.state.vpcAssociations.values()].filter(({ serviceNetworkId }) => serviceNetworkId === id);
  }

  private described(network: ServiceNetwork): object {
    return {
      ...network,
      numberOfAssociatedVPCs: this.associationsOf(network).length,
      numberOfAssociatedServices: 0,
    };
  }

  private identity(
    resource: string,
    prefix: string,
  ): Pick<ServiceNetwork, "id" | "arn" | "createdAt" | "lastUpdatedAt"> {
    const id = `${prefix}-0${randomBytes(8).toString("hex")}`;
    const arn = `arn:aws:vpc-lattice:${this.region}:${this.accountId}:${resource}/${id}`;
    return { id, arn, createdAt: now(), lastUpdatedAt: now() };
  }
}

interface Tagged {
  readonly id: string;
  readonly arn: string;
  readonly tags: Record<string, string>;
}

function find<Row extends Tagged>(rows: ReadonlyMap<string, Row>, identifier: string): Row | undefined {
  return rows.get(identifier) ?? [...rows.values()].find(({ arn }) => arn === identifier);
}

function changeTags<Row extends Tagged>(rows: Map<string, Row>, arn: string, call: Call): Answer | undefined {
  const row = find(rows, arn);
  if (row === undefined) {
    return undefined;
  }
  switch (call.method) {
    case "POST":
      rows.set(row.id, { ...row, tags: { ...row.tags, ...tagRequest.parse(jsonObject(call.body)).tags } });
      return jsonAnswer({});
    case "DELETE": {
      const gone = call.query.getAll("tagKeys");
      const tags = Object.fromEntries(Object.entries(row.tags).filter(([key]) => !gone.includes(key)));
      rows.set(row.id, { ...row, tags });
      return jsonAnswer({});
    }
    default:
      return jsonAnswer({ tags: row.tags });
  }
}

function isPolicy(text: string): boolean {
  try {
    return z.looseObject({ Statement: z.unknown() }).safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
}

function now(): string {
  return new Date().toISOString();
}
