import type { Answer } from "../exchange";
import { withXml } from "../query-protocol";
import { elementText } from "../xml";

/** Whether a target answers its health checks; undefined where no load balancer asks it. */
export type TargetHealth = (targetGroupArn: string, id: string, port: number) => boolean | undefined;

const failing =
  "<TargetHealth><State>unhealthy</State><Reason>Target.FailedHealthChecks</Reason>" +
  "<Description>Health checks failed</Description></TargetHealth>";
const unused =
  "<TargetHealth><State>unused</State><Reason>Target.NotInUse</Reason>" +
  "<Description>Target group is not configured to receive traffic from the load balancer</Description></TargetHealth>";

/** The answer to DescribeTargetHealth with what checks found; to moto every target is healthy. */
export function withTargetHealth(answer: Answer, targetGroupArn: string, health: TargetHealth): Answer {
  if (answer.status !== 200) {
    return answer;
  }
  return withXml(answer, (xml) =>
    xml
      .split(/(?=<member>)/)
      .map((member) => {
        const id = elementText(member, "Id");
        // The load balancer controller forgets a target only by this answer.
        if (member.includes("<Reason>Target.NotRegistered</Reason>")) {
          return member;
        }
        const isHealthy = id === undefined ? true : health(targetGroupArn, id, Number(elementText(member, "Port")));
        return isHealthy === true
          ? member
          : member.replace(/<TargetHealth>.*?<\/TargetHealth>/s, isHealthy === undefined ? unused : failing);
      })
      .join(""),
  );
}
