import { z } from "zod";
import { apiGateway } from "../modules/api-gateway/door";
import { gateway } from "../modules/gateway/door";
import { ackApiGateway } from "../modules/routes/ack-api-gateway";
import { alb } from "../modules/routes/alb";
import { ambassador } from "../modules/routes/ambassador";
import type { Door } from "../modules/routes/door";
import { nginx } from "../modules/routes/nginx";
import { nlb } from "../modules/routes/nlb";

/** Every door a route can go through, by `kind`. A new one is a folder and a line in each of these two lists. */
export const doors = {
  ambassador,
  alb,
  nlb,
  "api-gateway": apiGateway,
  nginx,
  gateway,
  "ack-api-gateway": ackApiGateway,
};

export const routeSchema = z.discriminatedUnion("kind", [
  ambassador.schema,
  alb.schema,
  nlb.schema,
  apiGateway.schema,
  nginx.schema,
  gateway.schema,
  ackApiGateway.schema,
]);

export type Route = z.output<typeof routeSchema>;
export type RouteKind = Route["kind"];
export type RouteOf = { readonly [Kind in RouteKind]: Extract<Route, { readonly kind: Kind }> };

/** The registry by kind, with route and door of one kind held together for the compiler. */
export const doorTable: { readonly [Kind in RouteKind]: Door<z.ZodType<RouteOf[Kind]>> } = doors;
