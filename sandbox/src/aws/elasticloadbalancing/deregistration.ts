import type { Answer, Call } from "../exchange";
import type { MotoClient } from "../moto-client";
import { listParameter, parametersOf, xmlAnswer } from "../query-protocol";

const unknownTarget = /<Code>InvalidTarget<\/Code>/;

/**
 * Deregisters targets one at a time: moto gives up at the first that is not registered and leaves those after it.
 * "If the specified target does not exist, the action returns successfully." Source: DeregisterTargets in the Elastic Load
 * Balancing API reference.
 */
export async function deregister(moto: MotoClient, call: Call): Promise<Answer> {
  const parameters = parametersOf(call);
  const ids = listParameter(parameters, "Targets.member", "Id");
  for (const [index, id] of ids.entries()) {
    const single = new URLSearchParams({
      Action: "DeregisterTargets",
      Version: parameters.get("Version") ?? "",
      TargetGroupArn: parameters.get("TargetGroupArn") ?? "",
      "Targets.member.1.Id": id,
    });
    const port = parameters.get(`Targets.member.${index + 1}.Port`);
    if (port !== null) {
      single.set("Targets.member.1.Port", port);
    }
    const answer = await moto.forward({ ...call, body: Buffer.from(single.toString()) });
    if (answer.status !== 200 && !unknownTarget.test(answer.body.toString("utf8"))) {
      return answer;
    }
  }
  return xmlAnswer(
    200,
    '<DeregisterTargetsResponse xmlns="http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/">' +
      "<DeregisterTargetsResult/><ResponseMetadata><RequestId>sandbox</RequestId></ResponseMetadata>" +
      "</DeregisterTargetsResponse>",
  );
}
