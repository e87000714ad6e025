import { CloudWatchLogsClient, CreateLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import { z } from "zod";
import { type Answer, type Call, type Extension, jsonAnswer, withDocument } from "../exchange";
import type { MotoClient } from "../moto-client";
import { completed, forget, jsonObject, keep } from "../overlay";
import { sdkOptions } from "../sdk";
import type { Store } from "../store";

const change = z.object({
  logGroupName: z.string().optional(),
  resourceIdentifier: z.string().optional(),
  kmsKeyId: z.string().optional(),
});
const groups = z.looseObject({ logGroups: z.array(z.looseObject({ logGroupName: z.string() })) });

/**
 * What the front adds to CloudWatch Logs: the KMS key of a log group can change, where moto knows only the one that the
 * group was made with; and the log group of a cluster comes back once after it is deleted.
 */
export function logsExtension(moto: MotoClient, store: Store): Extension {
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
        case "DeleteLogGroup": {
          const name = change.parse(jsonObject(call.body)).logGroupName ?? "";
          forget(store.overlays, keyOf(name));
          store.save();
          return deleteLogGroup(moto, store, call, name);
        }
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

/** EKS writes the last records of a cluster after the cluster is gone, and makes the group again that they belong to. */
async function deleteLogGroup(moto: MotoClient, store: Store, call: Call, name: string): Promise<Answer> {
  const answer = await moto.forward(call);
  const { lateLogs } = store.eks(call.scope.region);
  const at = lateLogs.indexOf(name);
  if (answer.status === 200 && at >= 0) {
    lateLogs.splice(at, 1);
    store.save();
    const logs = new CloudWatchLogsClient(sdkOptions(moto.endpoint, call.scope.region));
    await logs.send(new CreateLogGroupCommand({ logGroupName: name }));
  }
  return answer;
}

type LogGroup = z.infer<typeof groups>["logGroups"][number];

function withKeys(answer: Answer, complete: (group: LogGroup) => object): Answer {
  const document = groups.safeParse(jsonObject(answer.body)).data;
  return answer.status === 200 && document !== undefined
    ? withDocument(answer, { ...document, logGroups: document.logGroups.map(complete) })
    : answer;
}
