import { execFile } from "node:child_process";
import { join } from "node:path";
import { z } from "zod";
import { pythonEnvironment } from "../aws/python-environment";
import type { KubernetesApi } from "../kubernetes/kubernetes-api";
import type { KubernetesObject } from "../kubernetes/kubernetes-object";

const certificates = "/apis/cert-manager.io/v1/certificates";
const injectFrom = "cert-manager.io/inject-ca-from";
const webhookCollections = ["mutatingwebhookconfigurations", "validatingwebhookconfigurations"].map(
  (resource) => `/apis/admissionregistration.k8s.io/v1/${resource}`,
);

const certificateSchema = z.looseObject({
  spec: z.looseObject({ secretName: z.string(), dnsNames: z.array(z.string()).default([]) }),
});
const signedSchema = z.object({ ca: z.string(), certificate: z.string(), key: z.string() });
const configurationSchema = z.looseObject({
  webhooks: z.array(z.looseObject({ clientConfig: z.looseObject({ caBundle: z.string().optional() }) })).default([]),
});

/**
 * Does of cert-manager's work what other controllers wait for: a Secret for each Certificate, signed by an authority of
 * the sandbox, and that authority's certificate in the webhook configurations that ask for it. Issuers, renewal and
 * validation are not played.
 */
export class Certificates {
  /** `namespace/name` of every Certificate that was signed. */
  readonly signed: string[] = [];

  /** @param folder where the authority's key is kept */
  constructor(
    private readonly api: KubernetesApi,
    private readonly folder: string,
  ) {}

  /** Signs what is not signed yet and injects the authority where it is missing. */
  async reconcile(): Promise<void> {
    for (const certificate of (await this.api.list(certificates))?.items ?? []) {
      await this.sign(certificate);
    }
    for (const path of webhookCollections) {
      for (const configuration of (await this.api.list(path))?.items ?? []) {
        await this.inject(path, configuration);
      }
    }
  }

  private async sign(certificate: KubernetesObject): Promise<void> {
    const { name, namespace = "default", uid = "", deletionTimestamp } = certificate.metadata;
    const { secretName, dnsNames } = certificateSchema.parse(certificate).spec;
    const path = `/api/v1/namespaces/${namespace}/secrets/${secretName}`;
    if (deletionTimestamp !== undefined || (await this.api.get(path)) !== undefined) {
      return;
    }
    const { ca, certificate: signed, key } = await signCertificate(this.folder, dnsNames);
    await this.api.create({
      apiVersion: "v1",
      kind: "Secret",
      type: "kubernetes.io/tls",
      metadata: {
        name: secretName,
        namespace,
        annotations: { "cert-manager.io/certificate-name": name },
        // cert-manager's --enable-certificate-owner-ref: the Secret goes with its Certificate.
        ownerReferences: [{ apiVersion: "cert-manager.io/v1", kind: "Certificate", name, uid }],
      },
      stringData: { "ca.crt": ca, "tls.crt": signed, "tls.key": key },
    });
    this.signed.push(`${namespace}/${name}`);
  }

  private async inject(path: string, configuration: KubernetesObject): Promise<void> {
    const [namespace, name] = configuration.metadata.annotations?.[injectFrom]?.split("/") ?? [];
    const { webhooks } = configurationSchema.parse(configuration);
    if (name === undefined || webhooks.every(({ clientConfig }) => clientConfig.caBundle !== undefined)) {
      return;
    }
    const certificate = await this.api.get(`/apis/cert-manager.io/v1/namespaces/${namespace}/certificates/${name}`);
    if (certificate === undefined) {
      return;
    }
    const { ca } = await signCertificate(this.folder, []);
    const caBundle = Buffer.from(ca).toString("base64");
    await this.api.send("PATCH", `${path}/${configuration.metadata.name}`, {
      contentType: "application/json-patch+json",
      body: webhooks.map((_, index) => ({
        op: "add",
        path: `/webhooks/${index}/clientConfig/caBundle`,
        value: caBundle,
      })),
    });
  }
}

/** A certificate for these DNS names, signed by the authority in the folder. */
export async function signCertificate(folder: string, names: readonly string[]): Promise<z.infer<typeof signedSchema>> {
  const { python } = await pythonEnvironment();
  return new Promise((resolve, reject) => {
    const child = execFile(python, [join(__dirname, "certificate.py")], (error, stdout, stderr) => {
      if (error === null) {
        resolve(signedSchema.parse(JSON.parse(stdout)));
      } else {
        reject(new Error(`sandbox: could not sign a certificate for ${names.join(", ")}: ${stderr}`, { cause: error }));
      }
    });
    child.stdin?.end(JSON.stringify({ folder, names }));
  });
}
