import { Argument, InvalidArgumentError } from "commander";
import { type Define, examples } from "./program/command";
import { Refusal } from "./program/errors";

interface Options {
  readonly host: string;
  readonly port: number;
  readonly tfc: readonly string[];
}

function port(text: string): number {
  const number = Number(text);
  if (!/^\d{1,5}$/.test(text) || number > 65_535) throw new InvalidArgumentError("It is a port, from 0 to 65535.");
  return number;
}

/** The variable that holds the key; a secret on a command line is in every list of processes. */
const keyVariable = "FOUNDRY_RUN_TASK_KEY";

export const define: Define = (command, surroundings) => {
  command
    .addArgument(new Argument("<what>", "what is served").choices(["run-task"]))
    .option("--host <address>", "address to listen on; one of a proxy that ends TLS is right", "127.0.0.1")
    .option("--port <port>", "port to listen on; 0 takes a free one", port, 8080)
    .option("--tfc <hosts...>", "hosts of Terraform Cloud or Enterprise that plans may come from", ["app.terraform.io"])
    .addHelpText(
      "after",
      [
        "\nReviews the plan of each run of Terraform Cloud, as a run task of the stage post-plan. The task's HMAC key is in",
        `${keyVariable}. A plan that needs a second look fails the task; whether that stops a run, its enforcement says.`,
      ].join("\n"),
    )
    .addHelpText("after", examples("foundry serve run-task --port 8080"))
    .action(async (_what: string, { host, port, tfc }: Options) => {
      const key = surroundings.variables[keyVariable];
      if (key === undefined || key.length < 16) {
        throw new Refusal(
          `${keyVariable} holds no key of 16 characters or more; write there the HMAC key of the run task, without which anybody could ask`,
        );
      }
      const { serveRunTask } = await import("./serve/run-task.js");
      await serveRunTask({ ...surroundings, host, port, key, hosts: tfc });
    });
};
