import { describe, expect, it } from "vitest";
import { standInRegistry } from "../../src/charts/stand-in";
import { controllerPods } from "../../src/controllers/deployments";
import { kubeConfigOf } from "../../src/kubernetes/kubeconfig";
import { KubernetesApi, type ObjectList } from "../../src/kubernetes/kubernetes-api";
import { type KubernetesObject, objectSchema } from "../../src/kubernetes/kubernetes-object";

/** An API server that has these Deployments and nothing else. */
class ApiOf extends KubernetesApi {
  constructor(private readonly deployments: readonly KubernetesObject[] | undefined) {
    super(
      kubeConfigOf({
        name: "none",
        server: "https://127.0.0.1",
        caCertificate: "",
        user: { kind: "bearerToken", token: "" },
      }),
    );
  }

  override async list(path: string): Promise<ObjectList | undefined> {
    const items = path === "/apis/apps/v1/deployments" ? this.deployments : undefined;
    return items === undefined ? undefined : { items, metadata: { resourceVersion: "1" } };
  }
}

const image = "public.ecr.aws/eks/aws-load-balancer-controller:v3.5.0";
const program = "aws-load-balancer-controller";

/** A Deployment as its chart makes it; of the rest what the test is about. */
function deployment(container: object, pod: object = {}, metadata: object = {}): KubernetesObject {
  return objectSchema.parse({
    metadata: { name: "alb", namespace: "kube-system", uid: "5f2c", generation: 2, ...metadata },
    spec: { replicas: 2, template: { spec: { containers: [{ name: "controller", image, ...container }], ...pod } } },
  });
}

const podsOf = (...deployments: readonly KubernetesObject[]) =>
  controllerPods(new ApiOf(deployments), [program, "external-dns"]);

describe("the pods of controllers", () => {
  it("are started with what the Deployment says", async () => {
    const container = {
      args: ["--cluster-name=dev", "--ingress-class=alb"],
      env: [{ name: "AWS_REGION", value: "eu-west-1" }],
      volumeMounts: [{ name: "cert", mountPath: "/tmp/k8s-webhook-server/serving-certs" }],
    };
    const volumes = [{ name: "cert", secret: { secretName: "aws-load-balancer-tls" } }];
    expect(await podsOf(deployment(container, { serviceAccountName: "alb-account", volumes }))).toEqual([
      {
        program,
        namespace: "kube-system",
        deployment: "alb",
        version: "5f2c/2",
        serviceAccount: "alb-account",
        args: ["--cluster-name=dev", "--ingress-class=alb"],
        environment: { AWS_REGION: "eu-west-1" },
        secrets: ["aws-load-balancer-tls"],
      },
    ]);
  });

  it("use the namespace's default service account where the Deployment names none", async () => {
    expect(await podsOf(deployment({}))).toMatchObject([
      { serviceAccount: "default", args: [], environment: {}, secrets: [] },
    ]);
  });

  it.each([
    ["registry.k8s.io/external-dns/external-dns:v0.21.0", ["external-dns"]],
    ["127.0.0.1:5000/external-dns:v0.21.0@sha256:0a1b", ["external-dns"]],
    ["external-dns", ["external-dns"]],
    ["registry.k8s.io/external-dns/external-dns-proxy:v0.21.0", []],
    ["quay.io/jetstack/cert-manager-controller:v1.21.1", []],
    [`${standInRegistry}/external-dns:1.21.1`, []],
  ])("of image %s are those of the programs %j", async (other, programs) => {
    expect((await podsOf(deployment({ image: other }))).map((pod) => pod.program)).toEqual(programs);
  });

  it("take the container of the program, wherever it stands among others", async () => {
    const containers = [
      { name: "proxy", image: "envoyproxy/envoy:v1.35", args: ["--config=/etc/envoy.yaml"] },
      { name: "controller", image, args: ["--cluster-name=dev"] },
    ];
    expect(await podsOf(deployment({}, { containers }))).toMatchObject([{ args: ["--cluster-name=dev"] }]);
  });

  it("have none of the variables whose value the kubelet would have to find, and all of the empty ones", async () => {
    const env = [
      { name: "POD_NAME", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
      { name: "EMPTY", value: "" },
    ];
    expect(await podsOf(deployment({ env }))).toMatchObject([{ environment: { EMPTY: "" } }]);
    expect(Object.keys((await podsOf(deployment({ env })))[0]?.environment ?? {})).toEqual(["EMPTY"]);
  });

  it("have the Secrets that their container mounts, in the volumes' order, and no other volume", async () => {
    const volumes = [
      { name: "config", configMap: { name: "settings" } },
      { name: "second", secret: { secretName: "b" } },
      { name: "first", secret: { secretName: "a" } },
      { name: "of-the-proxy", secret: { secretName: "c" } },
    ];
    const volumeMounts = ["config", "first", "second"].map((name) => ({ name, mountPath: `/${name}` }));
    expect(await podsOf(deployment({ volumeMounts }, { volumes }))).toMatchObject([{ secrets: ["b", "a"] }]);
  });

  it("are none for a Deployment on its way out", async () => {
    expect(await podsOf(deployment({}, {}, { deletionTimestamp: "2026-01-01T00:00:00Z" }))).toEqual([]);
  });

  it("are of another version once the Deployment is changed or made anew", async () => {
    const versions = [{}, { generation: 3 }, { uid: "77aa" }].map(
      async (metadata) => (await podsOf(deployment({}, {}, metadata)))[0]?.version,
    );
    expect(new Set(await Promise.all(versions)).size).toBe(3);
  });

  it("are none where the API server has no Deployments", async () => {
    expect(await controllerPods(new ApiOf(undefined), [program])).toEqual([]);
  });
});
