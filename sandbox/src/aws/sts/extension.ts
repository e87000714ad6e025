import { randomUUID } from "node:crypto";
import { type Answer, type Call, type Extension, jsonAnswer } from "../exchange";
import { type MotoClient, signedAs } from "../moto-client";
import { parametersOf } from "../query-protocol";
import { elementText } from "../xml";
import { webIdentityRefusal } from "./web-identity";

/** What the front adds to STS: presigned calls of GetCallerIdentity, and refusals of web identities. */
export function stsExtension(moto: MotoClient): Extension {
  return {
    service: "sts",
    async answer(call) {
      if (call.method === "GET" && call.query.get("Action") === "GetCallerIdentity") {
        return presignedIdentity(moto, call);
      }
      return parametersOf(call).get("Action") === "AssumeRoleWithWebIdentity"
        ? webIdentityRefusal(moto, call)
        : undefined;
    },
  };
}

/**
 * Answers a presigned GET of GetCallerIdentity, which `aws eks get-token` wraps into its token and a token webhook calls.
 * moto takes a request without an Authorization header for one to S3. The signature is not checked, as nowhere in moto;
 * that the URL is still valid is.
 */
async function presignedIdentity(moto: MotoClient, call: Call): Promise<Answer> {
  if (expired(call.query)) {
    return accessDenied("ExpiredToken", "The presigned URL has expired");
  }
  return asked(call, await identity(moto, call));
}

async function identity(moto: MotoClient, call: Call): Promise<Answer> {
  return moto.send({
    method: "POST",
    url: "/",
    headers: { ...signedAs(call.scope, moto.port), "content-type": "application/x-www-form-urlencoded" },
    body: Buffer.from("Action=GetCallerIdentity&Version=2011-06-15"),
  });
}

/** STS answers in JSON to a caller that asks for it, as authenticators of Kubernetes do. */
function asked(call: Call, answer: Answer): Answer {
  if (answer.status !== 200 || !(call.headers.accept ?? "").includes("application/json")) {
    return answer;
  }
  const xml = answer.body.toString("utf8");
  const result = Object.fromEntries(["Account", "Arn", "UserId"].map((name) => [name, elementText(xml, name) ?? ""]));
  return jsonAnswer({
    GetCallerIdentityResponse: {
      GetCallerIdentityResult: result,
      ResponseMetadata: { RequestId: randomUUID() },
    },
  });
}

/** Whether the time in a presigned URL is over; a URL without one is treated as expired. */
export function expired(query: URLSearchParams, now: Date = new Date()): boolean {
  const signed = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/.exec(query.get("X-Amz-Date") ?? "");
  if (signed === null) {
    return true;
  }
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = signed.slice(1).map(Number);
  // EKS takes a token for 15 minutes, whatever its URL says (aws-iam-authenticator, "token expiration").
  const seconds = Math.max(Number(query.get("X-Amz-Expires") ?? 0), 15 * 60);
  return now.getTime() > Date.UTC(year, month - 1, day, hour, minute, second) + seconds * 1000;
}

function accessDenied(code: string, message: string): Answer {
  return jsonAnswer({ Error: { Code: code, Message: message, Type: "Sender" }, RequestId: randomUUID() }, 403);
}
