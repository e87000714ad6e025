import { Option } from "commander";
import type { DoorOfIngress } from "./convert/annotations";
import { type Define, examples } from "./program/command";

export const define: Define = (command, surroundings) => {
  command.addHelpText("after", examples("foundry convert ingress shop.yaml"));
  command
    .command("ingress")
    .description("turn Ingresses into routes, and say what could not be")
    .argument("<file>", "YAML with one Ingress or more; - reads standard input")
    .addOption(
      new Option("--door <kind>", "the door to go through").choices(["alb", "nginx", "gateway"]).default("alb"),
    )
    .option("--json", "print it for a program")
    .addHelpText("after", "\nReads `kubectl get ingress -A -o yaml` too. Nothing is written into any environment.")
    .addHelpText(
      "after",
      examples("foundry convert ingress shop.yaml", "kubectl get ingress -A -o yaml | foundry convert ingress -"),
    )
    .action(async (file: string, { door, json }: { readonly door: DoorOfIngress; readonly json?: boolean }) => {
      const { printConverted } = await import("./convert/print-converted.js");
      await printConverted(surroundings, file, door, json === true);
    });
};
