import { comesWithin } from "../../../modules/schema/iso-date";
import { lifecycleRows } from "../../../platform/lifecycle-report";
import { type Check, warns } from "../check";

const days = 90;

export const support: Check = {
  name: "support",
  asksAws: false,
  look: async ({ environment, today }) =>
    lifecycleRows(environment, today)
      .filter(({ end, acknowledged }) => end !== "" && !acknowledged && comesWithin(end, today, days))
      .map(({ component, version, end }) =>
        warns(
          `${component} ${version} is supported until ${end}`,
          "foundry lifecycle has every date, and what comes instead",
        ),
      ),
};
