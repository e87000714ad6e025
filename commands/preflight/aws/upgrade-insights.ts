import { type EKSClient, ListInsightsCommand } from "@aws-sdk/client-eks";
import type { UpgradeInsight } from "../facts";

/** What EKS has found of a cluster that a version of Kubernetes would break. */
export async function upgradeInsights(
  eks: EKSClient,
  clusterName: string,
  version: string,
): Promise<readonly UpgradeInsight[]> {
  const found: UpgradeInsight[] = [];
  let nextToken: string | undefined;
  do {
    const page = await eks.send(
      new ListInsightsCommand({
        clusterName,
        nextToken,
        filter: { categories: ["UPGRADE_READINESS"], kubernetesVersions: [version], statuses: ["ERROR", "WARNING"] },
      }),
    );
    for (const { name = "", insightStatus } of page.insights ?? []) {
      const { status, reason = "" } = insightStatus ?? {};
      if (status === "ERROR" || status === "WARNING") found.push({ name, status, reason });
    }
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return found;
}
