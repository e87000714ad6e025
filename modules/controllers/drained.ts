import { defaultDrainSeconds } from "../load-balancer/drain";

/** Seconds that a proxy has for the requests on its way, once it has drained. */
const closingSeconds = 30;

/** Values of a chart's pods behind a load balancer that sends straight to them: they end after it has let go of them. */
export const drained = {
  lifecycle: { preStop: { sleep: { seconds: defaultDrainSeconds } } },
  terminationGracePeriodSeconds: defaultDrainSeconds + closingSeconds,
};
