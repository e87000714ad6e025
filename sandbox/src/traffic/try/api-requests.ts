import { type DeployedStage, signersOf } from "../api-gateway/rest-api";
import { bestMatch } from "../api-gateway/routing";
import type { DoorRequest } from "./requests";

/**
 * The requests that show whether a REST API lets in whom it should: unsigned, signed by somebody whom its policy names
 * where a signature is needed, and to a path that is not there.
 *
 * @param url of a route of the stage
 */
export function apiRequests(stage: DeployedStage, url: string): readonly DoorRequest[] {
  const { pathname, origin } = new URL(url);
  const path = pathname.slice(`/${stage.name}`.length) || "/";
  const match = bestMatch(stage.resources, (resource) => resource.path ?? "/", path);
  const methods = Object.values(match?.entry.resourceMethods ?? {});
  const needsSignature = methods.some(({ authorizationType }) => authorizationType === "AWS_IAM");
  const [principalArn] = signersOf(stage);
  const nowhere: DoorRequest = {
    purpose: "a path that is not there",
    url: `${origin}/${stage.name}/no/such/path`,
    expected: { kind: "status", status: 403 },
  };
  const unsigned: DoorRequest = {
    purpose: needsSignature ? "without a signature" : "without a signature, which is not needed",
    url,
    expected: needsSignature ? { kind: "status", status: 403 } : { kind: "reached" },
  };
  const signed: readonly DoorRequest[] =
    needsSignature && principalArn !== undefined
      ? [{ purpose: "signed", url, signer: { principalArn, region: stage.region }, expected: { kind: "reached" } }]
      : [];
  return [unsigned, ...signed, nowhere];
}
