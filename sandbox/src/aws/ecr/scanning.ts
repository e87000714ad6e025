import type { Extension } from "../exchange";
import type { MotoClient } from "../moto-client";
import { jsonObject } from "../overlay";

/** Lets scanning on push be switched off: clients leave a false out, and moto takes an empty object for no change. */
export function imageScanningExtension(moto: MotoClient): Extension {
  return {
    service: "ecr",
    async answer(call) {
      if (!String(call.headers["x-amz-target"]).endsWith(".PutImageScanningConfiguration")) {
        return undefined;
      }
      const document = jsonObject(call.body) ?? {};
      const configuration = { scanOnPush: false, ...Object(document["imageScanningConfiguration"]) };
      const body = JSON.stringify({ ...document, imageScanningConfiguration: configuration });
      return moto.forward({ ...call, body: Buffer.from(body) });
    },
  };
}
