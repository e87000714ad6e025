import {
  type AttachedPolicy,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRolePolicyCommand,
  GetUserPolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListAttachedUserPoliciesCommand,
  ListRolePoliciesCommand,
  ListUserPoliciesCommand,
  NoSuchEntityException,
} from "@aws-sdk/client-iam";
import { Iam, principalOf } from "../iam/client";
import type { MotoClient } from "../moto-client";
import { type PolicyStatement, policyStatements } from "./policy";

/** Who signed a call, and what IAM lets them do. */
export interface Principal {
  /** As it stands in messages: of a session, the session's. */
  readonly callerArn: string;
  readonly principalArn: string;
  readonly statements: readonly PolicyStatement[];
}

/** The callers of the account by their access keys. What was read of IAM is kept until something in IAM changes. */
export class Principals {
  private readonly known = new Map<string, Promise<Principal | undefined>>();
  private readonly iam: Iam;

  constructor(moto: MotoClient, region: string) {
    this.iam = new Iam(moto, region);
  }

  /** Undefined for a key that is of no role or user: the sandbox's own. */
  of(accessKeyId: string): Promise<Principal | undefined> {
    const found = this.known.get(accessKeyId) ?? this.read(accessKeyId);
    this.known.set(accessKeyId, found);
    return found;
  }

  /** Forgets everything, because something in IAM has changed. */
  forget(): void {
    this.known.clear();
  }

  private async read(accessKeyId: string): Promise<Principal | undefined> {
    const callerArn = await this.iam.callerArn(accessKeyId);
    const principalArn = principalOf(callerArn);
    const [kind, ...path] = (principalArn.split(":")[5] ?? "").split("/");
    const name = path.at(-1) ?? "";
    try {
      const documents =
        kind === "role" ? await this.ofRole(name) : kind === "user" ? await this.ofUser(name) : undefined;
      return documents && { callerArn, principalArn, statements: documents.flatMap(policyStatements) };
    } catch (error) {
      if (error instanceof NoSuchEntityException) {
        return undefined;
      }
      throw error;
    }
  }

  private async ofRole(RoleName: string): Promise<readonly string[]> {
    const { client } = this.iam;
    const { AttachedPolicies } = await client.send(new ListAttachedRolePoliciesCommand({ RoleName }));
    const { PolicyNames } = await client.send(new ListRolePoliciesCommand({ RoleName }));
    return this.documents(AttachedPolicies, PolicyNames, (PolicyName) =>
      client.send(new GetRolePolicyCommand({ RoleName, PolicyName })),
    );
  }

  private async ofUser(UserName: string): Promise<readonly string[]> {
    const { client } = this.iam;
    const { AttachedPolicies } = await client.send(new ListAttachedUserPoliciesCommand({ UserName }));
    const { PolicyNames } = await client.send(new ListUserPoliciesCommand({ UserName }));
    return this.documents(AttachedPolicies, PolicyNames, (PolicyName) =>
      client.send(new GetUserPolicyCommand({ UserName, PolicyName })),
    );
  }

  private documents(
    attached: readonly AttachedPolicy[] = [],
    names: readonly string[] = [],
    get: (name: string) => Promise<{ readonly PolicyDocument?: string | undefined }>,
  ): Promise<readonly string[]> {
    const inline = names.map(async (name) => decodeURIComponent((await get(name)).PolicyDocument ?? ""));
    return Promise.all([...attached.map(({ PolicyArn }) => this.managed(PolicyArn)), ...inline]);
  }

  private async managed(PolicyArn: string | undefined): Promise<string> {
    const { client } = this.iam;
    const { Policy } = await client.send(new GetPolicyCommand({ PolicyArn }));
    const VersionId = Policy?.DefaultVersionId;
    const { PolicyVersion } = await client.send(new GetPolicyVersionCommand({ PolicyArn, VersionId }));
    return decodeURIComponent(PolicyVersion?.Document ?? "");
  }
}
