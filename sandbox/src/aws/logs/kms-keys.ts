import { z } from "zod";
import { type Answer, type Extension, jsonAnswer, withDocument } from "../exchange";
import type { MotoClient } from "../moto-client";
import { completed, forget, jsonObject, keep } from "../overlay";
import type { Store } from "../store";

const change = z.object({
  logGroupName: z.string().optional(),
  resourceIdentifier: z.string().optional(),
  kmsKeyId: z.string().optional(),
});
const groups = z.looseObject({ logGroups: z.array(z.looseObject({ logGroupName: z.string() })) });

/** Changing or taking away the KMS key of a log group; moto knows the key that the group was made with, and no other. */
export function logGroupKeyExtension(moto: MotoClient, store: Store): Extension {
  return {
    service: "logs",
    async answer(call) {
      const operation = String(call.headers["x-amz-target"] ?? "")
        .split(".")
        .at(-1);
      const keyOf = (name: string): string => `logs/${call.scope.region}/${name}`;
      switch (operation) {
        case "AssociateKmsKey":
        case "DisassociateKmsKey": {
          const { logGroupName, resourceIdentifier, kmsKeyId } = change.parse(jsonObject(call.body));
          const name = logGroupName ?? resourceIdentifier?.split(":log-group:")[1]?.replace(/:\*$/, "") ?? "";
          keep(store.overlays, keyOf(name), { kmsKeyId: operation === "AssociateKmsKey" ? kmsKeyId : null });
          store.save();
          return jsonAnswer({});
        }
        case "DeleteLogGroup":
          forget(store.overlays, keyOf(change.parse(jsonObject(call.body)).logGroupName ?? ""));
          store.save();
          return undefined;
        case "DescribeLogGroups":
          return withKeys(await moto.forward(call), (group) =>
            completed(store.overlays, keyOf(group.logGroupName), group),
          );
        default:
          return undefined;
      }
    },
  };
}

type LogGroup = z.infer<typeof groups>["logGroups"][number];

function withKeys(answer: Answer, complete: (group: LogGroup) => object): Answer {
  const document = groups.safeParse(jsonObject(answer.body)).data;
  return answer.status === 200 && document !== undefined
    ? withDocument(answer, { ...document, logGroups: document.logGroups.map(complete) })
    : answer;
}
