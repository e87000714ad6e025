import { listAt, listOf, mapAt, parsed, textAt, textsAt } from "../terraform-json/json";

/** What a rule asks of a call beside host and path. */
export interface Asked {
  readonly method: string | undefined;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly query: readonly (readonly [name: string, value: string])[];
}

/** In the words of a line; empty where every call below the path is meant. */
export function saysAsked({ method, headers, query }: Asked): string {
  return [
    ...(method === undefined ? [] : [`by ${method}`]),
    ...headers.map(([name, value]) => `with ${name}: ${value}`),
    ...query.map(([name, value]) => `with ?${name}=${value}`),
  ]
    .map((one) => `, ${one}`)
    .join("");
}

/** Of a match of an HTTPRoute. */
export function askedByMatch(match: unknown): Asked {
  const named = (field: string) =>
    listAt(match, field).map((one) => [textAt(one, "name") ?? "", textAt(one, "value") ?? ""] as const);
  return { method: textAt(match, "method"), headers: named("headers"), query: named("queryParams") };
}

/** Of a Mapping. */
export function askedByMapping(spec: unknown): Asked {
  return {
    method: textAt(spec, "method"),
    headers: Object.entries(mapAt(spec, "headers")),
    query: Object.entries(mapAt(spec, "query_parameters")),
  };
}

/** Of the annotation `conditions.<backend>` of an Ingress that becomes an ALB. */
export function askedByConditions(annotation: string | undefined): Asked {
  const conditions = listOf(parsed(annotation));
  const of = (field: string) => conditions.filter((one) => textAt(one, "field") === field);
  const methods = of("http-request-method").flatMap((one) => textsAt(one, "httpRequestMethodConfig", "values"));
  return {
    method: methods.length === 0 ? undefined : methods.join(" or "),
    headers: of("http-header").map((one) => [
      textAt(one, "httpHeaderConfig", "httpHeaderName") ?? "",
      textsAt(one, "httpHeaderConfig", "values").join(" or "),
    ]),
    query: of("query-string").flatMap((one) =>
      listAt(one, "queryStringConfig", "values").map(
        (pair) => [textAt(pair, "key") ?? "", textAt(pair, "value") ?? ""] as const,
      ),
    ),
  };
}
