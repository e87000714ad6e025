import { z } from "zod";
import { apiGateway } from "../modules/api-gateway/door";
import type { Door } from "../modules/door/door";
import { gateway } from "../modules/gateway/door";
import { ackApiGateway } from "../modules/routes/ack-api-gateway";
import { alb } from "../modules/routes/alb";
import { ambassador } from "../modules/routes/ambassador";
import { cloudFront } from "../modules/routes/cloudfront";
import { nginx } from "../modules/routes/nginx";
import { nlb } from "../modules/routes/nlb";
import type { ControllerName } from "./controllers";

/** Every door a route can go through, by `kind`. A new one is a folder and a line here. */
export const doors = {
  ambassador,
  alb,
  nlb,
  "api-gateway": apiGateway,
  cloudfront: cloudFront,
  nginx,
  gateway,
  "ack-api-gateway": ackApiGateway,
};

type Doors = typeof doors;
type RouteSchema = Doors[keyof Doors]["schema"];

const schemas = Object.values(doors).map(({ schema }): RouteSchema => schema);

export const routeSchema = z.discriminatedUnion("kind", schemas as [RouteSchema, ...RouteSchema[]]);

export type Route = z.output<typeof routeSchema>;
export type RouteKind = Route["kind"];
export type RouteOf = { readonly [Kind in RouteKind]: Extract<Route, { readonly kind: Kind }> };

export const routeKinds = Object.keys(doors) as RouteKind[];

type SharedOf<Kind extends RouteKind> =
  Doors[Kind] extends Door<infer _Schema, infer _Declared, infer Shared, infer _Names> ? Shared : never;

/** What the routes through each door share. */
export type Shared = { readonly [Kind in RouteKind]: SharedOf<Kind> };

/** A door whose routes are of one kind, as it stands in an environment of a type. */
export type DoorOf<Kind extends RouteKind, Environment> = Door<
  z.ZodType<RouteOf[Kind]>,
  Environment,
  Shared[Kind],
  ControllerName
>;
