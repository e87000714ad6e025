import { SignatureV4 } from "@smithy/signature-v4";
import { Sha256 } from "../aws/sha256";

export interface MintProps {
  readonly clusterName: string;
  readonly region: string;
  /** URL of STS. */
  readonly stsEndpoint: string;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
  /** When it is signed. Default: now. */
  readonly at?: Date;
}

/** A token as `aws eks get-token` makes it: a presigned request that asks STS who signed it. */
export async function mintToken({ clusterName, region, stsEndpoint, credentials, at }: MintProps): Promise<string> {
  const { protocol, host, hostname, port } = new URL(stsEndpoint);
  const signer = new SignatureV4({ credentials, region, service: "sts", sha256: Sha256, applyChecksum: false });
  const { query = {} } = await signer.presign(
    {
      method: "GET",
      protocol,
      hostname,
      ...(port === "" ? {} : { port: Number(port) }),
      path: "/",
      query: { Action: "GetCallerIdentity", Version: "2011-06-15" },
      headers: { host, "x-k8s-aws-id": clusterName },
    },
    { expiresIn: 60, unhoistableHeaders: new Set(["x-k8s-aws-id"]), ...(at === undefined ? {} : { signingDate: at }) },
  );
  const url = new URL(stsEndpoint);
  for (const [name, value] of Object.entries(query)) {
    url.searchParams.set(name, String(value));
  }
  return `k8s-aws-v1.${Buffer.from(url.toString()).toString("base64url")}`;
}
