import { timingSafeEqual } from "node:crypto";
import { SignatureV4 } from "@smithy/signature-v4";
import { Sha256 } from "../../aws/sha256";

/** A request as it came, before anything is decided. */
export interface SignedRequest {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface AccessKey {
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly principalArn: string;
}

export type Signature =
  | { readonly kind: "none" }
  | { readonly kind: "wrong"; readonly message: string }
  | { readonly kind: "right"; readonly principalArn: string };

/** Milliseconds that a signature counts, before and after. */
const lifetime = 5 * 60_000;

const header =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;

/** Whether a request is signed by version 4, and by whom: it is signed anew with the key's secret and compared. */
export async function checkSignature(
  request: SignedRequest,
  keyOf: (accessKeyId: string) => AccessKey | undefined,
  now: Date,
): Promise<Signature> {
  const authorization = request.headers["authorization"];
  if (authorization === undefined) {
    return { kind: "none" };
  }
  const [, accessKeyId = "", , region = "", service = "", signedHeaders = "", given = ""] =
    header.exec(authorization) ?? [];
  const key = keyOf(accessKeyId);
  const date = dateOf(request.headers["x-amz-date"] ?? "");
  if (given === "" || date === undefined) {
    return {
      kind: "wrong",
      message: "Authorization header requires 'Credential', 'Signature', 'SignedHeaders' and a date",
    };
  }
  if (key === undefined || (request.headers["x-amz-security-token"] ?? "") !== (key.sessionToken ?? "")) {
    return { kind: "wrong", message: "The security token included in the request is invalid." };
  }
  if (Math.abs(now.getTime() - date.getTime()) > lifetime) {
    return { kind: "wrong", message: "Signature expired" };
  }
  const names = signedHeaders.split(";");
  const signer = new SignatureV4({
    credentials: { accessKeyId, secretAccessKey: key.secretAccessKey },
    region,
    service,
    sha256: Sha256,
    applyChecksum: false,
  });
  const { headers } = await signer.sign(
    {
      method: request.method,
      protocol: "https:",
      hostname: request.host,
      path: request.path,
      query: queryOf(request.query),
      headers: Object.fromEntries(names.map((name) => [name, request.headers[name] ?? ""])),
      body: request.body,
    },
    { signingDate: date, signableHeaders: new Set(names) },
  );
  const wanted = header.exec(headers["authorization"] ?? "")?.[6] ?? "";
  return wanted !== "" && timingSafeEqual(Buffer.from(wanted), Buffer.from(given))
    ? { kind: "right", principalArn: key.principalArn }
    : {
        kind: "wrong",
        message:
          "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access " +
          "Key and signing method. Consult the service documentation for details.",
      };
}

function queryOf(query: URLSearchParams): Record<string, string | string[]> {
  return Object.fromEntries([...new Set(query.keys())].map((name) => [name, query.getAll(name)]));
}

/** `20261121T101500Z` */
function dateOf(text: string): Date | undefined {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text) ?? [];
  return year === undefined ? undefined : new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}
