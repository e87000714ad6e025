import type { Construct } from "constructs";
import type { DoorContext, MadeDoor, RouteTarget } from "../modules/routes/door";
import { doorTable, type RouteKind, type RouteOf } from "./doors";

/** Makes the door of one route. */
export function makeRoute<Kind extends RouteKind>(
  scope: Construct,
  kind: Kind,
  route: RouteOf[Kind],
  target: RouteTarget,
  context: DoorContext,
): MadeDoor {
  return doorTable[kind].make(scope, route, target, context);
}
