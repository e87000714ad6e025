import { type Extension, jsonAnswer } from "../exchange";

/** Answers whether the account has Shield Advanced, which the load balancer controller asks and moto lacks: it has not. */
export const shieldExtension: Extension = {
  service: "shield",
  async answer({ model }) {
    return model?.operation === "GetSubscriptionState" ? jsonAnswer({ SubscriptionState: "INACTIVE" }) : undefined;
  },
};
