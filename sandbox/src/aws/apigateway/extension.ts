import { HttpApis } from "../apigatewayv2/http-apis";
import type { Extension } from "../exchange";
import type { MotoClient } from "../moto-client";
import type { Store } from "../store";
import { RestApis } from "./rest-apis";

/** What the front adds to API Gateway. REST APIs and HTTP APIs share a signing name and differ in the path. */
export function apiGatewayExtension(moto: MotoClient, store: Store): Extension {
  const restApis = new RestApis(moto, store);
  const httpApis = new HttpApis(moto, store);
  return {
    service: "apigateway",
    answer: (call) => (call.path.startsWith("/v2/") ? httpApis.answer(call) : restApis.answer(call)),
  };
}
