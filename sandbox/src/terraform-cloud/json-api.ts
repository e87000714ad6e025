import { z } from "zod";

/** A reference to another resource. */
export interface Identifier {
  readonly type: string;
  readonly id: string;
}

/** A resource as JSON:API has it. Source: jsonapi.org, version 1.0. */
export interface Resource extends Identifier {
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly relationships?: Readonly<Record<string, { readonly data: Identifier | readonly Identifier[] | null }>>;
  readonly links?: Readonly<Record<string, unknown>>;
}

/** What answers a request. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  /** Bytes in the place of a document. */
  readonly bytes?: Buffer;
}

export const one = (data: Resource, included: readonly Resource[] = [], status = 200): Answer => ({
  status,
  body: { data, ...(included.length === 0 ? {} : { included: unique(included) }) },
});

/** All of them on one page: there are never many here. */
export const several = (data: readonly Resource[], included: readonly Resource[] = []): Answer => ({
  status: 200,
  body: {
    data,
    ...(included.length === 0 ? {} : { included: unique(included) }),
    meta: {
      pagination: {
        "current-page": 1,
        "prev-page": null,
        "next-page": null,
        "total-pages": 1,
        "total-count": data.length,
      },
    },
  },
});

export const nothing = (status = 204): Answer => ({ status });

/** A refusal in the words of the real one, which clients look for. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail?: string,
  ) {
    super(detail ?? title);
  }

  get answer(): Answer {
    return {
      status: this.status,
      body: { errors: [{ status: String(this.status), title: this.title, detail: this.detail ?? this.title }] },
    };
  }
}

export const notFound = () => new ApiError(404, "not found");

function unique(resources: readonly Resource[]): readonly Resource[] {
  return [...new Map(resources.map((resource) => [`${resource.type} ${resource.id}`, resource])).values()];
}

const identifier = z.looseObject({ type: z.string(), id: z.string() });
const given = z.looseObject({
  type: z.string(),
  attributes: z.record(z.string(), z.unknown()).default({}),
  relationships: z.record(z.string(), z.looseObject({ data: z.unknown().optional() })).default({}),
});

/** The resource of a request that makes or changes one. */
export class Given {
  private constructor(private readonly resource: z.infer<typeof given>) {}

  /** @throws ApiError where the body is no document */
  static from(body: unknown): Given {
    const parsed = z.looseObject({ data: given }).safeParse(body);
    if (!parsed.success) throw new ApiError(400, "bad request", z.prettifyError(parsed.error));
    return new Given(parsed.data.data);
  }

  /** What is set; what is null counts as set. */
  get attributes(): Readonly<Record<string, unknown>> {
    return this.resource.attributes;
  }

  text(name: string): string | undefined {
    const value = this.attributes[name];
    return typeof value === "string" ? value : undefined;
  }

  flag(name: string): boolean {
    return this.attributes[name] === true;
  }

  list(name: string): readonly string[] {
    const value = this.attributes[name];
    return Array.isArray(value) ? value.filter((entry) => typeof entry === "string") : [];
  }

  /** Id of a related resource. */
  related(name: string): string | undefined {
    return identifier.safeParse(this.resource.relationships[name]?.data).data?.id;
  }

  /** Attributes of related resources that come with this one. */
  embedded(name: string): readonly Readonly<Record<string, unknown>>[] | undefined {
    const data = this.resource.relationships[name]?.data;
    return data === undefined
      ? undefined
      : z
          .array(given)
          .parse(data)
          .map(({ attributes }) => attributes);
  }
}

/** The ids of a request that names several resources. */
export function idsOf(body: unknown): readonly string[] {
  const parsed = z.looseObject({ data: z.array(identifier) }).safeParse(body);
  if (!parsed.success) throw new ApiError(400, "bad request", z.prettifyError(parsed.error));
  return parsed.data.data.map(({ id }) => id);
}
