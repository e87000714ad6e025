import { TerraformElement, TerraformResource, TerraformStack } from "cdktf";
import type { Construct } from "constructs";

interface Move {
  readonly from: string;
  readonly to: string;
}

/** `moved` blocks. Those of cdktf's resources make it ask, at synth, for the version of an installed Terraform. */
class Moves extends TerraformElement {
  constructor(
    scope: Construct,
    id: string,
    private readonly moves: readonly Move[],
  ) {
    super(scope, id);
  }

  override toTerraform(): { readonly moved: readonly Move[] } {
    return { moved: this.moves };
  }
}

/**
 * Lets Terraform find everything below a scope where it was before the scope's own id was another. Of no effect where the
 * state has nothing of that address.
 *
 * @param scope a scope of the address `<before>_<id>`
 * @param formerId what its id was
 * @param formerIds of scopes below it that may have had another id too, by their id of today
 */
export function movedFrom(scope: Construct, formerId: string, formerIds: Readonly<Record<string, string>> = {}): void {
  const { id, scopes } = scope.node;
  const above = scopes.slice(scopes.indexOf(TerraformStack.of(scope)) + 1, -1).map(({ node }) => node.id);
  const prefix = (name: string) => [...above, name].join("_");
  const [now, before] = [`${prefix(id)}_`, `${prefix(formerId)}_`];
  const moves = scope.node.findAll().flatMap((element): readonly Move[] => {
    if (!TerraformResource.isTerraformResource(element)) return [];
    const { terraformResourceType: type, friendlyUniqueId: address } = element;
    if (!address.startsWith(now)) throw new Error(`${address} does not begin with ${now}`);
    const below = address.slice(now.length);
    const from = `${type}.${before}${below}`;
    const child = Object.keys(formerIds).find((each) => below === each || below.startsWith(`${each}_`));
    // Terraform follows one move by another.
    const first =
      child === undefined
        ? []
        : [{ from: `${type}.${before}${formerIds[child]}${below.slice(child.length)}`, to: from }];
    return [...first, { from, to: `${type}.${address}` }];
  });
  new Moves(scope, "moved", moves);
}
