import { type Check, stops } from "../check";

/** Everything else that asks AWS stands on it. */
export const credentials: Check = {
  name: "credentials",
  asksAws: false,
  look: async ({ environment: { aws } }, facts) => {
    const caller = await facts.caller();
    if (caller.kind === "nobody") {
      return [
        stops(
          `AWS does not know who calls: ${caller.because}`,
          "sign in, for example by aws sso login, or set AWS_PROFILE",
        ),
      ];
    }
    return caller.accountId === aws.accountId
      ? []
      : [
          stops(
            `they are of ${caller.arn}, in the account ${caller.accountId}, and the environment's is ${aws.accountId}`,
            "sign in to that account, or mend aws.accountId",
          ),
        ];
  },
};
