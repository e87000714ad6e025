import type { Extension } from "../exchange";
import type { MotoClient } from "../moto-client";
import { queryError } from "../query-protocol";
import { existingRecords } from "./records";

/**
 * What the front adds to Route 53: a hosted zone that is created with a VPC is a private one, where moto goes by a flag that
 * nobody sends; and a record is created once.
 */
export function route53Extension(moto: MotoClient): Extension {
  return {
    service: "route53",
    async answer(call) {
      if (call.model?.operation === "ChangeResourceRecordSets") {
        const refusal = await existingRecords(moto, call);
        return refusal === undefined ? undefined : queryError("InvalidChangeBatch", refusal);
      }
      if (call.method !== "POST" || !/^\/[\d-]+\/hostedzone\/?$/.test(call.path)) {
        return undefined;
      }
      return moto.forward({ ...call, body: Buffer.from(markedPrivate(call.body.toString("utf8"))) });
    },
  };
}

/** A CreateHostedZone request with `PrivateZone` set when it names a VPC. */
function markedPrivate(xml: string): string {
  if (!xml.includes("<VPC>")) {
    return xml;
  }
  const flag = "<PrivateZone>true</PrivateZone>";
  const cleared = xml.replace(/<PrivateZone>.*?<\/PrivateZone>/s, "");
  return cleared.includes("<HostedZoneConfig>")
    ? cleared.replace("<HostedZoneConfig>", `<HostedZoneConfig>${flag}`)
    : cleared.replace(
        "</CreateHostedZoneRequest>",
        `<HostedZoneConfig>${flag}</HostedZoneConfig></CreateHostedZoneRequest>`,
      );
}
