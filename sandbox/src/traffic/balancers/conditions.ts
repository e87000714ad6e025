import type { RuleCondition } from "@aws-sdk/client-elastic-load-balancing-v2";

/**
 * What HAProxy has to find true for a condition: each line is an alternative, as a condition holds when one of its values
 * matches.
 */
export function alternatives(condition: RuleCondition): readonly string[] {
  switch (condition.Field) {
    case "host-header": {
      const { Values, RegexValues = [] } = condition.HostHeaderConfig ?? {};
      const host = "req.hdr(host),field(1,:),lower";
      return matches(
        host,
        (Values ?? condition.Values ?? []).map((value) => value.toLowerCase()),
        RegexValues,
      );
    }
    case "path-pattern": {
      const { Values, RegexValues = [] } = condition.PathPatternConfig ?? {};
      return matches("path", Values ?? condition.Values ?? [], RegexValues);
    }
    case "http-header": {
      const { HttpHeaderName = "", Values = [], RegexValues = [] } = condition.HttpHeaderConfig ?? {};
      return matches(`req.hdr(${HttpHeaderName})`, Values, RegexValues, "-i ");
    }
    case "http-request-method":
      return [`method ${(condition.HttpRequestMethodConfig?.Values ?? []).join(" ")}`];
    case "query-string":
      return (condition.QueryStringConfig?.Values ?? []).flatMap(({ Key, Value = "" }) =>
        // Without a key any parameter may have the value.
        Key === undefined
          ? [`query -m reg -i ${quoted(`(^|[&=])${pattern(Value)}(&|$)`)}`]
          : matches(`url_param(${Key})`, [Value], [], "-i "),
      );
    case "source-ip":
      return [`src ${(condition.SourceIpConfig?.Values ?? []).join(" ")}`];
    default:
      throw new Error(`a rule's condition on ${condition.Field} is not known here`);
  }
}

function matches(
  sample: string,
  values: readonly string[],
  expressions: readonly string[],
  flags = "",
): readonly string[] {
  return [
    ...values.map((value) => `${sample} -m reg ${flags}${quoted(`^${pattern(value)}$`)}`),
    ...expressions.map((expression) => `${sample} -m reg ${flags}${quoted(expression)}`),
  ];
}

/** `*` stands for any characters, `?` for one. */
function pattern(value: string): string {
  return value
    .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
}

/** One word of HAProxy's configuration, whatever is in it. */
export function quoted(text: string): string {
  return `"${text.replaceAll(/[\\"$]/g, "\\$&").replaceAll("\n", "\\n")}"`;
}

/** The same where HAProxy looks for `%` expressions. */
export function literal(text: string): string {
  return text.replaceAll("%", "%%");
}
