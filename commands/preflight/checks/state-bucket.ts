import { type Check, stops, warns } from "../check";

export const stateBucket: Check = {
  name: "state bucket",
  asksAws: true,
  look: async ({ environment: { name, state, aws } }, facts) => {
    const init = `npx foundry init state ${name}`;
    if (state.kind !== "s3") return [];
    const bucket = await facts.bucket(state.bucket);
    const place = state.region ?? aws.region;
    if (bucket.kind === "missing") {
      return [
        stops(
          `there is no bucket ${state.bucket}`,
          `${init} makes it in ${place}: versioned, encrypted and nobody else's`,
        ),
      ];
    }
    if (bucket.kind === "forbidden") {
      return [
        stops(
          `${state.bucket} may not be read by the caller, or is somebody else's`,
          "let the caller, or state.roleArn, list it, and get, put and delete its states and their .tflock objects",
        ),
      ];
    }
    if (bucket.region !== place) {
      return [
        stops(`${state.bucket} is in ${bucket.region}, not in ${place}`, `write state.region: "${bucket.region}"`),
      ];
    }
    return [
      ...(bucket.versioned
        ? []
        : [
            warns(`${state.bucket} keeps no versions, so a state that is broken or lost stays lost`, `${init} sets it`),
          ]),
      ...(bucket.encrypted ? [] : [warns(`${state.bucket} has no default encryption`, `${init} sets it`)]),
    ];
  },
};
