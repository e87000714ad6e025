import { z } from "zod";
import type { Call } from "../exchange";
import type { MotoClient } from "../moto-client";
import { elementText } from "../xml";

const changes = z.object({
  HostedZoneId: z.string(),
  ChangeBatch: z.object({
    Changes: z.array(
      z.object({
        Action: z.string(),
        ResourceRecordSet: z.object({ Name: z.string(), Type: z.string(), SetIdentifier: z.string().optional() }),
      }),
    ),
  }),
});

/**
 * Why Route 53 would refuse to create a record that is there already. moto makes a second one of the same name and type,
 * and then pages over the two without end.
 *
 * @returns the message of an InvalidChangeBatch, or undefined when nothing stands against the call
 */
export async function existingRecords(moto: MotoClient, call: Call): Promise<string | undefined> {
  const { data } = changes.safeParse(call.model?.parameters);
  const created = data?.ChangeBatch.Changes.filter(({ Action }) => Action === "CREATE") ?? [];
  const messages: string[] = [];
  for (const { ResourceRecordSet: wanted } of created) {
    const query = new URLSearchParams({ name: wanted.Name, type: wanted.Type, maxitems: "1" });
    const listed = await moto.forward({ ...call, method: "GET", query, body: Buffer.from("") });
    const [found = ""] = /<ResourceRecordSet>.*?<\/ResourceRecordSet>/s.exec(listed.body.toString("utf8")) ?? [];
    const isSame =
      plainName(elementText(found, "Name") ?? "") === plainName(wanted.Name) &&
      elementText(found, "Type") === wanted.Type &&
      elementText(found, "SetIdentifier") === wanted.SetIdentifier;
    if (isSame) {
      messages.push(
        `Tried to create resource record set [name='${plainName(wanted.Name)}.', type='${wanted.Type}'] but it already exists`,
      );
    }
  }
  return messages.length === 0 ? undefined : `[${messages.join(", ")}]`;
}

/** Names count without regard to case and to a dot at the end; the asterisk is written in two ways. */
function plainName(name: string): string {
  return name.toLowerCase().replace(/\.$/, "").replaceAll("\\052", "*");
}
