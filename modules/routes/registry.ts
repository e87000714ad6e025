import { z } from "zod";
import { alb } from "./alb";
import { ambassador } from "./ambassador";
import { apiGateway } from "./api-gateway";
import type { Door } from "./door";
import { nlb } from "./nlb";

/** Every door a route can go through, by `kind`. A new one is a folder and a line in each of these two lists. */
export const doors = { ambassador, alb, nlb, "api-gateway": apiGateway };

export const routeSchema = z.discriminatedUnion("kind", [ambassador.schema, alb.schema, nlb.schema, apiGateway.schema]);

export type Route = z.output<typeof routeSchema>;
export type RouteKind = Route["kind"];
export type RouteOf = { readonly [Kind in RouteKind]: Extract<Route, { readonly kind: Kind }> };

/** The registry by kind, with route and door of one kind held together for the compiler. */
export const doorTable: { readonly [Kind in RouteKind]: Door<z.ZodType<RouteOf[Kind]>> } = doors;
