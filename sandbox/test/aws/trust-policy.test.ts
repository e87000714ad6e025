import { describe, expect, it } from "vitest";
import { providersTrustedFor, trustStatements, trustsService } from "../../src/aws/iam/trust-policy";
import { webIdentityOf } from "../../src/aws/sts/web-identity";

const issuer = "oidc.eks.us-west-2.amazonaws.com/id/ABC";
const provider = `arn:aws:iam::111122223333:oidc-provider/${issuer}`;
const identity = { subject: "system:serviceaccount:apps:book", audiences: ["sts.amazonaws.com"] };

function irsa(condition: object) {
  const Statement = {
    Effect: "Allow",
    Action: "sts:AssumeRoleWithWebIdentity",
    Principal: { Federated: provider },
    Condition: condition,
  };
  return trustStatements(JSON.stringify({ Version: "2012-10-17", Statement }));
}

describe("a trust policy", () => {
  it("lets a service do what it names, and what a wildcard of it covers", () => {
    const statements = trustStatements(
      JSON.stringify({ Statement: [{ Effect: "Allow", Action: "sts:*", Principal: { Service: ["a.com", "b.com"] } }] }),
    );
    expect(trustsService(statements, "b.com", "sts:TagSession")).toBe(true);
    expect(trustsService(statements, "b.com", "iam:PassRole")).toBe(false);
    expect(trustsService(statements, "c.com", "sts:TagSession")).toBe(false);
  });

  it("is read when IAM sends it percent-encoded", () => {
    const text = '{"Statement":[{"Effect":"Allow","Action":"x","Principal":{"Service":"a.com"}}]}';
    expect(trustStatements(encodeURIComponent(text))).toEqual(trustStatements(text));
  });

  it("takes the service account and audience that it names, and no other", () => {
    const statements = irsa({
      StringEquals: { [`${issuer}:sub`]: identity.subject, [`${issuer}:aud`]: "sts.amazonaws.com" },
    });
    expect(providersTrustedFor(statements, identity)).toEqual([provider]);
    expect(providersTrustedFor(statements, { ...identity, subject: "system:serviceaccount:apps:author" })).toEqual([]);
    expect(providersTrustedFor(statements, { ...identity, audiences: ["vault"] })).toEqual([]);
  });

  it("takes a pattern of service accounts under StringLike alone", () => {
    const pattern = { [`${issuer}:sub`]: "system:serviceaccount:apps:*" };
    expect(providersTrustedFor(irsa({ StringLike: pattern }), identity)).toEqual([provider]);
    expect(providersTrustedFor(irsa({ StringEquals: pattern }), identity)).toEqual([]);
  });

  it("whose conditions speak of another issuer takes nobody", () => {
    const statements = irsa({ StringEquals: { "oidc.eks.us-west-2.amazonaws.com/id/XYZ:sub": identity.subject } });
    expect(providersTrustedFor(statements, identity)).toEqual([]);
  });
});

describe("a service account's token", () => {
  it("tells its subject and audiences", () => {
    const payload = Buffer.from(JSON.stringify({ sub: identity.subject, aud: identity.audiences })).toString(
      "base64url",
    );
    expect(webIdentityOf(`e30.${payload}.x`)).toEqual(identity);
  });

  it("that is none tells nothing", () => {
    expect(webIdentityOf("not a token")).toBeUndefined();
  });
});
