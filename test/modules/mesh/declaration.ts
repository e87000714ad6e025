import { type Environment, type EnvironmentInput, environmentSchema } from "../../../platform/environment";
import { meshProblems } from "../../../platform/rules/mesh";
import { meshObjectsUnique } from "../../../platform/rules/mesh-names";
import { minimal } from "../../support/minimal";

type MeshInput = NonNullable<EnvironmentInput["mesh"]>;
type WorkloadInput = NonNullable<EnvironmentInput["workloads"]>[string];

/** What a mesh is changed in; its kind stands apart. */
export type MeshChange = Partial<Omit<MeshInput, "kind">>;

/** A workload of the namespace `shop`. */
export function workload(labels: Readonly<Record<string, string>>, change: Partial<WorkloadInput> = {}): WorkloadInput {
  return {
    namespace: "shop",
    image: { name: "example", tag: "1" },
    port: 8080,
    labels: { ...labels },
    security: { kind: "baseline", reason: "App Mesh's injector needs the image's user." },
    ...change,
  };
}

/** A service `cart` of two versions, a service `stock` of one, and a client `web`, behind a gateway. */
export function declared(
  kind: MeshInput["kind"],
  mesh: MeshChange = {},
  change: Partial<EnvironmentInput> = {},
): EnvironmentInput {
  return {
    ...minimal("minimal"),
    workloads: {
      "cart-1": workload({ app: "cart", version: "1" }),
      "cart-2": workload({ app: "cart", version: "2" }),
      "stock-1": workload({ app: "stock" }),
      web: workload({ app: "web" }),
    },
    ...change,
    mesh: {
      kind,
      name: "shop",
      namespace: "shop",
      services: {
        cart: {
          versions: [
            { workload: "cart-1", weight: 9 },
            { workload: "cart-2", weight: 1 },
          ],
          backends: ["stock"],
        },
        stock: { versions: [{ workload: "stock-1" }] },
      },
      clients: { web: { workload: "web", backends: ["cart"] } },
      gateway: { name: "entrance", routes: [{ service: "cart" }] },
      ...mesh,
    },
  };
}

/** The same with every default, as rules and stacks see it. */
export function parsed(input: EnvironmentInput): Environment {
  return environmentSchema.parse(input);
}

/** What the rules of the mesh find. */
export function problemsOf(input: EnvironmentInput) {
  const environment = parsed(input);
  const context = { name: environment.name };
  return [...meshProblems(environment, context), ...meshObjectsUnique(environment)];
}
