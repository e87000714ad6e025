import { components } from "../../lifecycle/components";
import type { CrdChart } from "../crd-release";

export const ackApiGatewayCrds: CrdChart = {
  name: "ack-apigatewayv2-crds",
  folder: "modules/controllers/ack-api-gateway/chart",
  component: components.ackApiGatewayV2,
};
