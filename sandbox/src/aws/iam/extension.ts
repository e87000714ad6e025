import { GetRoleCommand } from "@aws-sdk/client-iam";
import type { Call, Extension } from "../exchange";
import type { MotoClient } from "../moto-client";
import { parametersOf, xmlAnswer } from "../query-protocol";
import { Iam } from "./client";

/**
 * What the front adds to IAM. UpdateRole changes what it names and leaves the rest, where moto sets the rest back; and
 * nobody has service-specific credentials, which Terraform asks for before it deletes a user.
 */
export function iamExtension(moto: MotoClient): Extension {
  return {
    service: "iam",
    async answer(call) {
      switch (parametersOf(call).get("Action")) {
        case "UpdateRole":
          return moto.forward(await withUnchanged(moto, call));
        case "ListServiceSpecificCredentials":
          return xmlAnswer(
            200,
            "<ListServiceSpecificCredentialsResponse><ListServiceSpecificCredentialsResult>" +
              "<ServiceSpecificCredentials/></ListServiceSpecificCredentialsResult></ListServiceSpecificCredentialsResponse>",
          );
        default:
          return undefined;
      }
    },
  };
}

async function withUnchanged(moto: MotoClient, call: Call): Promise<Call> {
  const parameters = parametersOf(call);
  const { client } = new Iam(moto, call.scope.region);
  const { Role } = await client.send(new GetRoleCommand({ RoleName: parameters.get("RoleName") ?? "" }));
  for (const name of ["Description", "MaxSessionDuration"] as const) {
    const value = Role?.[name];
    if (!parameters.has(name) && value !== undefined) {
      parameters.set(name, String(value));
    }
  }
  return { ...call, body: Buffer.from(parameters.toString()) };
}
