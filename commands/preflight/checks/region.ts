import { type Check, stops } from "../check";

export const region: Check = {
  name: "region",
  asksAws: true,
  look: async ({ environment: { aws } }, facts) => {
    const status = await facts.regionStatus();
    if (status === undefined) return [stops(`AWS has no region ${aws.region}`, "mend aws.region")];
    return status === "not-opted-in"
      ? [
          stops(
            `${aws.region} is not switched on in this account`,
            `aws account enable-region --region-name ${aws.region}, and wait until it is done`,
          ),
        ]
      : [];
  },
};
