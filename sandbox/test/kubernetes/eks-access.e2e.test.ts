import { execFileSync } from "node:child_process";
import { createServer, type Server } from "node:http";
import { delimiter } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { z } from "zod";
import { pythonEnvironment } from "../../src/aws/python-environment";
import type { AccessEntry } from "../../src/kubernetes/access-entries";
import type { ControlPlane } from "../../src/kubernetes/control-plane";
import { startEksControlPlane } from "../../src/kubernetes/eks-control-plane";
import { kubeConfigOf } from "../../src/kubernetes/kubeconfig";
import { KubernetesApi, KubernetesApiError } from "../../src/kubernetes/kubernetes-api";
import type { Manifest } from "../../src/kubernetes/kubernetes-object";
import { describeControlPlane, threeNodes } from "./suite";

const policyArn = (name: string) => `arn:aws:eks::aws:cluster-access-policy/${name}`;
const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`;
const namespace = (name: string): Manifest => ({ apiVersion: "v1", kind: "Namespace", metadata: { name } });
const configMap = (name: string, where: string): Manifest => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name, namespace: where },
});

/** Callers by access key: what STS would answer for them. */
const callers: Readonly<Record<string, string>> = {
  AKIASTRANGER: "arn:aws:iam::111122223333:user/stranger",
  AKIAVIEWER: "arn:aws:iam::111122223333:user/viewer",
  ASIAADMIN: "arn:aws:sts::111122223333:assumed-role/admin/ci-42",
  ASIATEAM: "arn:aws:sts::111122223333:assumed-role/team/ana",
  ASIAAUDIT: "arn:aws:sts::111122223333:assumed-role/audit/ana",
  ASIAGROUP: "arn:aws:sts::111122223333:assumed-role/group/ana",
};

const secretOf = (accessKeyId: string) => `secret of ${accessKeyId}`;

/** Answers GetCallerIdentity by the access key of the Authorization header, as STS does. */
function startStsStub(): Promise<Server> {
  const server = createServer((request, response) => {
    const key = /Credential=([A-Z0-9]+)\//.exec(request.headers.authorization ?? "")?.[1] ?? "";
    const arn = callers[key];
    response.writeHead(arn === undefined ? 403 : 200, { "content-type": "text/xml" });
    response.end(
      arn === undefined
        ? "<ErrorResponse><Error><Code>InvalidClientTokenId</Code></Error></ErrorResponse>"
        : `<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>${arn}</Arn><UserId>AROAEXAMPLE:x</UserId>` +
            "<Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>",
    );
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

const reviewSchema = z.object({
  status: z.looseObject({ authenticated: z.literal(false).optional(), error: z.string() }),
});
const selfReviewSchema = z.object({
  status: z.object({ userInfo: z.looseObject({ username: z.string(), groups: z.array(z.string()) }) }),
});
const tokenSchema = z.object({ status: z.object({ token: z.string() }) });

describeControlPlane("an EKS control plane", ({ programs, workDir }) => {
  let sts: Server;
  let path: string;
  let endpoint: string;
  let controlPlane: ControlPlane;
  let entries: readonly AccessEntry[];
  const clients: KubernetesApi[] = [];

  const grantAll: readonly AccessEntry[] = [
    {
      principalArn: callers["AKIAVIEWER"] ?? "",
      groups: [],
      policies: [{ policyArn: policyArn("AmazonEKSViewPolicy"), scope: { type: "cluster" } }],
    },
    {
      principalArn: role("admin"),
      groups: [],
      policies: [{ policyArn: policyArn("AmazonEKSClusterAdminPolicy"), scope: { type: "cluster" } }],
    },
    {
      principalArn: role("platform/team"),
      username: "team:{{SessionName}}",
      groups: [],
      policies: [
        { policyArn: policyArn("AmazonEKSEditPolicy"), scope: { type: "namespace", namespaces: ["shop", "dev-*"] } },
      ],
    },
    {
      principalArn: role("audit"),
      groups: [],
      policies: [{ policyArn: policyArn("AmazonEKSAdminViewPolicy"), scope: { type: "cluster" } }],
    },
    { principalArn: role("group"), groups: ["readers"], policies: [] },
  ];

  beforeAll(async () => {
    path = [(await pythonEnvironment()).toolsFolder, process.env["PATH"]].join(delimiter);
    sts = await startStsStub();
    const address = sts.address();
    endpoint = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
    entries = grantAll;
    controlPlane = await startEksControlPlane({
      name: "sandbox",
      workDir,
      programs: programs(),
      nodes: threeNodes,
      clusterName: "seeds",
      awsEndpoint: endpoint,
      accessEntries: async () => entries,
      secretAccessKey: (accessKeyId) => (accessKeyId in callers ? secretOf(accessKeyId) : undefined),
    });
    for (const name of ["shop", "dev-ana", "other"]) {
      await controlPlane.api.create(namespace(name));
    }
  });

  afterAll(async () => {
    for (const client of clients) {
      client.close();
    }
    await controlPlane?.stop();
    sts?.close();
  });

  interface TokenOptions {
    readonly secret?: string;
    readonly clusterName?: string;
    readonly sessionToken?: string;
    readonly endpoint?: string;
  }

  /** A token that the AWS CLI makes for an access key. */
  function tokenOf(accessKeyId: string, options: TokenOptions = {}): string {
    const output = execFileSync("aws", ["eks", "get-token", "--cluster-name", options.clusterName ?? "seeds"], {
      encoding: "utf8",
      env: {
        PATH: path,
        HOME: workDir,
        AWS_ACCESS_KEY_ID: accessKeyId,
        AWS_SECRET_ACCESS_KEY: options.secret ?? secretOf(accessKeyId),
        ...(options.sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: options.sessionToken }),
        AWS_ENDPOINT_URL: options.endpoint ?? endpoint,
        AWS_DEFAULT_REGION: "eu-central-1",
      },
    });
    return tokenSchema.parse(JSON.parse(output)).status.token;
  }

  /** The API server as seen by whoever sends this token. */
  function withToken(token: string): KubernetesApi {
    const { server, caCertificate } = controlPlane;
    const client = new KubernetesApi(
      kubeConfigOf({ name: "eks", server, caCertificate, user: { kind: "bearerToken", token } }),
    );
    clients.push(client);
    return client;
  }

  const as = (accessKeyId: string, options?: TokenOptions) => withToken(tokenOf(accessKeyId, options));

  /** Why the token webhook refuses a token; the API server itself answers no more than 401. */
  async function refusalOf(token: string): Promise<string> {
    const body = { apiVersion: "authentication.k8s.io/v1", kind: "TokenReview", spec: { token } };
    const answer = await controlPlane.api.send("POST", "/apis/authentication.k8s.io/v1/tokenreviews", { body });
    expect(await statusOf(withToken(token).send("GET", pods))).toBe(401);
    return reviewSchema.parse(answer).status.error;
  }

  /** The HTTP status with which a request is refused; 200 when it is not. */
  async function statusOf(answer: Promise<unknown>): Promise<number> {
    try {
      await answer;
      return 200;
    } catch (error) {
      if (error instanceof KubernetesApiError) {
        return error.status;
      }
      throw error;
    }
  }

  const pods = "/api/v1/pods";
  const secrets = "/api/v1/secrets";

  it("lets a principal without an access entry in nowhere", async () => {
    expect(await refusalOf(tokenOf("AKIASTRANGER"))).toMatch(/user\/stranger has no access entry on cluster seeds/);
  });

  it("lets a key that STS does not know in nowhere", async () => {
    expect(await refusalOf(tokenOf("AKIAUNKNOWN"))).toMatch(/does not know access key AKIAUNKNOWN/);
  });

  it("lets the view policy read, but neither write nor read secrets", async () => {
    const viewer = as("AKIAVIEWER");
    expect(await statusOf(viewer.send("GET", pods))).toBe(200);
    expect(await statusOf(viewer.create(configMap("mine", "shop")))).toBe(403);
    expect(await statusOf(viewer.delete("/api/v1/namespaces/shop"))).toBe(403);
    expect(await statusOf(viewer.send("GET", secrets))).toBe(403);
  });

  it("lets the admin view policy read secrets too, but not write", async () => {
    const auditor = as("ASIAAUDIT", { sessionToken: "session/token+of=audit" });
    expect(await statusOf(auditor.send("GET", secrets))).toBe(200);
    expect(await statusOf(auditor.create(configMap("mine", "shop")))).toBe(403);
  });

  it("lets the cluster admin policy of a role do everything from any of its sessions", async () => {
    const admin = as("ASIAADMIN");
    await admin.create(namespace("made-by-admin"));
    expect(await statusOf(admin.send("GET", secrets))).toBe(200);
    expect(await admin.delete("/api/v1/namespaces/made-by-admin")).toBe(true);
  });

  it("keeps a policy of a namespace scope inside the namespaces that fit", async () => {
    const team = as("ASIATEAM");
    expect(await statusOf(team.create(configMap("mine", "shop")))).toBe(200);
    expect(await statusOf(team.create(configMap("mine", "dev-ana")))).toBe(200);
    expect(await statusOf(team.create(configMap("mine", "other")))).toBe(403);
    expect(await statusOf(team.send("GET", pods))).toBe(403);
  });

  it("names a user and its groups as the access entry says", async () => {
    const body = { apiVersion: "authentication.k8s.io/v1", kind: "SelfSubjectReview" };
    const whoAmI = async (client: KubernetesApi) => {
      const answer = await client.send("POST", "/apis/authentication.k8s.io/v1/selfsubjectreviews", { body });
      return selfReviewSchema.parse(answer).status.userInfo;
    };
    expect((await whoAmI(as("ASIATEAM"))).username).toBe("team:ana");
    expect((await whoAmI(as("ASIAADMIN"))).username).toBe(callers["ASIAADMIN"]);
    expect((await whoAmI(as("ASIAGROUP"))).groups).toContain("readers");
  });

  it("refuses a token that was made for another cluster", async () => {
    expect(await refusalOf(tokenOf("ASIAADMIN", { clusterName: "dev" }))).toMatch(/not signed for cluster seeds/);
  });

  it("refuses a token that was signed with another secret", async () => {
    expect(await refusalOf(tokenOf("ASIAADMIN", { secret: "guessed" }))).toMatch(/with the secret of ASIAADMIN/);
  });

  it("refuses a token that points at another endpoint", async () => {
    const token = tokenOf("ASIAADMIN", { endpoint: "http://127.0.0.1:9" });
    expect(await refusalOf(token)).toMatch(/asks http:\/\/127\.0\.0\.1:9\//);
  });

  it("follows the access entries as they change", async () => {
    const viewer = as("AKIAVIEWER");
    const team = as("ASIATEAM");
    expect(await statusOf(viewer.send("GET", pods))).toBe(200);
    expect(await statusOf(team.create(configMap("before", "shop")))).toBe(200);
    entries = grantAll.filter(({ principalArn }) => principalArn === role("admin"));
    // The API server remembers a token it has accepted for ten seconds, whatever its webhook's cache.
    await vi.waitFor(
      async () => {
        expect(await statusOf(viewer.send("GET", pods))).toBe(401);
        expect(await statusOf(team.create(configMap("after", "shop")))).toBe(401);
      },
      { timeout: 30_000, interval: 500 },
    );
    await as("ASIAADMIN").send("GET", pods);
    const bindings = (await controlPlane.api.list("/apis/rbac.authorization.k8s.io/v1/rolebindings"))?.items ?? [];
    expect(bindings.filter(({ metadata }) => metadata.name.startsWith("eks:"))).toEqual([]);
    entries = grantAll;
    // The binding is made anew by the first token that is asked about, and counts a moment later.
    await vi.waitFor(async () => expect(await statusOf(as("ASIATEAM").create(configMap("again", "shop")))).toBe(200), {
      timeout: 30_000,
      interval: 500,
    });
  });
});
