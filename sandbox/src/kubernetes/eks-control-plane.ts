import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { AccessPolicies } from "./access-policies";
import { type ControlPlane, type ControlPlaneProps, startControlPlane } from "./control-plane";
import { startTokenWebhook, type TokenWebhookProps } from "./token-webhook";

export type EksControlPlaneProps = Omit<ControlPlaneProps, "webhookAuthConfigFile"> &
  Omit<TokenWebhookProps, "applyAccessPolicies">;

/**
 * A control plane that lets in who has an access entry, with a token of `aws eks get-token`, and lets them do what their
 * access policies grant. {@link ControlPlane.stop} ends the token webhook too.
 *
 * @throws Error as {@link startControlPlane} does
 */
export async function startEksControlPlane(props: EksControlPlaneProps): Promise<ControlPlane> {
  let policies: AccessPolicies | undefined;
  let running: ControlPlane | undefined;
  const webhook = await startTokenWebhook({
    ...props,
    applyAccessPolicies: async (entries) => policies?.reconcile(entries),
  });
  try {
    await mkdir(props.workDir, { recursive: true });
    const webhookAuthConfigFile = join(props.workDir, `${props.name}.token-webhook.json`);
    await writeFile(webhookAuthConfigFile, webhook.configText);
    const controlPlane = await startControlPlane({ ...props, webhookAuthConfigFile });
    running = controlPlane;
    policies = new AccessPolicies(controlPlane.api);
    await policies.install();
    return {
      ...controlPlane,
      stop: async () => {
        await controlPlane.stop();
        await webhook.close();
        await rm(webhookAuthConfigFile, { force: true });
      },
    };
  } catch (error) {
    await running?.stop();
    await webhook.close();
    throw error;
  }
}
