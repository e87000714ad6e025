import { describe } from "vitest";
import { itReportsEach } from "../../platform/wrong-environments";
import { wrongApis } from "./wrong-apis";

describe("a wrong environment: APIs and their routes", () => {
  itReportsEach(wrongApis);
});
