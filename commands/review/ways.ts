import { saysTls } from "../doors/text";
import { saysOrigin, type Trace, type Way } from "../doors/way";
import type { WayChange } from "./model";

/** Ways in, before and after. */
export function wayChanges(before: Trace | undefined, after: Trace | undefined): readonly WayChange[] {
  const [old, now] = [byId(before), byId(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((id): readonly WayChange[] => {
    const [was, is] = [old.get(id), now.get(id)];
    if (was === undefined) return is === undefined ? [] : [{ id, action: "add", after: saysWay(is) }];
    if (is === undefined) return [{ id, action: "remove", before: saysWay(was) }];
    const [saidBefore, saidAfter] = [saysWay(was), saysWay(is)];
    return saidBefore.join() === saidAfter.join()
      ? []
      : [{ id, action: "change", before: saidBefore, after: saidAfter }];
  });
}

const byId = (trace: Trace | undefined) => new Map((trace?.ways ?? []).map((way) => [way.id, way]));

/** What of a way a reviewer compares. */
function saysWay(way: Way): readonly string[] {
  return [
    `from ${way.from.map(saysOrigin).join("; ") || "nobody"}`,
    saysTls(way),
    ...way.listening.flatMap(({ policy, certificate }) => [
      ...(policy === undefined ? [] : [`policy ${policy}`]),
      ...(certificate === undefined ? [] : [`certificate ${certificate}`]),
    ]),
    way.authentication ?? "no authentication",
    way.waf === undefined ? "no web ACL" : `web ACL ${way.waf}`,
    ...(way.principals === undefined ? [] : [`principals ${way.principals.join(", ")}`]),
    `to ${way.workload ?? "nothing here"}`,
  ];
}
