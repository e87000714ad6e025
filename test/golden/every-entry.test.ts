import { describe, expect, it } from "vitest";
import { type ComponentName, components } from "../../modules/lifecycle/components";
import { controllerNames } from "../../platform/controllers";
import { routeKinds } from "../../platform/doors";
import { controllerComponents } from "../../platform/install-controllers";
import { checked, goldenEnvironments, stacksOf } from "../support/environments";
import { helmReleases } from "../support/kubernetes-objects";

const golden = Object.entries(goldenEnvironments).map(([name, input]) => {
  const { apps, ...others } = stacksOf(name);
  return {
    controllers: checked(input).controllers,
    // A chart of the project's own is a folder, and its release has its name.
    charts: helmReleases({ apps, ...others }).flatMap(({ arguments: { chart, name: release } }) => [chart, release]),
    doors: Object.keys(Object(apps.output["doors"]?.value)),
  };
});

// What stands in a golden environment also goes through the tests of IAM policies, chart values and releases, and
// through Terraform's own validation: they all go through the golden environments.
describe("some golden environment has", () => {
  it.each(controllerNames)("the controller %s, with its charts installed", (controller) => {
    const having = golden.filter(({ controllers }) => controllers[controller] !== undefined);
    expect(having).not.toEqual([]);
    for (const { controllers, charts } of having) {
      for (const name of controllerComponents(controller, controllers))
        expect(charts).toContain(components[name].chart);
    }
  });

  it.each(Object.keys(components) as ComponentName[])("the component %s, as a release of its chart", (name) => {
    expect(golden.flatMap(({ charts }) => charts)).toContain(components[name].chart);
  });

  it.each(routeKinds)("a route through the door %s, and says how it is reached", (kind) => {
    expect(golden.flatMap(({ doors }) => doors)).toContainEqual(expect.stringMatching(`^[^/]+/${kind}/`));
  });
});
