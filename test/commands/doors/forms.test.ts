import { Ajv2020 } from "ajv/dist/2020";
import { describe, expect, it } from "vitest";
import { printDoors } from "../../../commands/doors/print-doors";
import { AlreadyReported, Refusal } from "../../../commands/program/errors";
import schema from "../../../docs/doors/doors.schema.json";
import { editable, remove } from "../../support/change-stacks";
import { goldenNames, stacksOf } from "../../support/environments";

function printed(names: readonly string[], form: Parameters<typeof printDoors>[2], withoutService = false) {
  const written = { output: "", errors: "" };
  const to = (key: keyof typeof written) => ({
    write: (text: string) => {
      written[key] += text;
    },
    columns: undefined,
    colour: false,
  });
  const environments = names.map((name) => {
    const stacks = editable(stacksOf(name));
    if (withoutService) remove(stacks, "apps", "kubernetes_service_v1.workload_shop_service");
    return { name, stacks };
  });
  let ended: unknown;
  try {
    printDoors({ output: to("output"), errors: to("errors") }, environments, form);
  } catch (error) {
    ended = error;
  }
  return { ...written, ended };
}

describe("foundry doors", () => {
  it("says of each hop what lets it through, and what is absent", () => {
    const { output } = printed(["dev", "seeds"], "text");
    for (const said of [
      "from            the internet",
      "listener        80 redirects to 443; 443 TLS, policy ELBSecurityPolicy-TLS13-1-2-2021-06, certificate",
      "listener        80 without TLS",
      "authentication  no authentication",
      "waf             no web ACL",
      "through: 10.10.240.0/24, routed from the internet (cluster: aws_route.network_public_default)",
      "through: no network policy; any pod of the cluster may connect too",
      "warning clear-text: default/predict-server answers the internet on 80 without TLS; give it a certificate.",
    ]) {
      expect(output).toContain(said);
    }
  });

  it.each(goldenNames)("prints JSON of %s in the shape that its schema describes", (name) => {
    const validate = new Ajv2020({ strict: false }).compile(schema);
    validate(JSON.parse(printed([name], "json").output));
    expect(validate.errors).toBeNull();
  });

  it("draws what two ways share once", () => {
    const { output } = printed(["prod"], "mermaid");
    expect(output.match(/Deployment shop\/shop, port 8080/g)).toHaveLength(1);
    expect(output.match(/the internet/g)).toHaveLength(1);
  });

  it.each(["mermaid", "svg", "d2"] as const)("has every workload that a way ends at in the picture as %s", (form) => {
    const { output } = printed(["seeds"], form);
    for (const name of ["default/book-deployment", "default/healthy", "mesh-test/nginx-1", "default/predict-pod"]) {
      expect(output).toContain(name);
    }
  });

  it("draws a picture of one environment alone", () => {
    expect(printed(["dev", "prod"], "svg").ended).toEqual(new Refusal("a picture is of one environment, not of 2"));
  });

  it("fails where a way leads nowhere, and says it beside a picture or JSON", () => {
    const { ended, errors } = printed(["dev"], "json", true);
    expect(ended).toBeInstanceOf(AlreadyReported);
    expect(errors).toBe(
      "dev: no-service: Service shop/shop, which the rule leads to, is not there. (apps: kubernetes_ingress_v1.workload_shop_alb)\n",
    );
  });
});
