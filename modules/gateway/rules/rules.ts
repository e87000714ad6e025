import type { Rule } from "../../schema/rule";
import { gatewayArnsFit, gatewayListenersUnique, gatewaysHaveTheirControllers } from "./gateways";
import { gatewayRoutesFitTheirGateway, nlbListenersHaveOneRoute, routesNameKnownGateways } from "./routes";

type Subject = Parameters<typeof gatewayArnsFit>[0] & Parameters<typeof routesNameKnownGateways>[0];

/** Rules of gateways and of the routes through them, in the order their problems are reported. */
export const gatewayRules: readonly Rule<Subject>[] = [
  gatewaysHaveTheirControllers,
  gatewayListenersUnique,
  gatewayArnsFit,
  routesNameKnownGateways,
  gatewayRoutesFitTheirGateway,
  nlbListenersHaveOneRoute,
];
