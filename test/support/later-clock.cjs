// Preloaded with `node --require`: the clock starts at LATER_CLOCK and goes on from there.
const began = Date.now();
const later = Date.parse(process.env["LATER_CLOCK"] ?? "");
const nowOfReal = Date.now;
const now = () => later + (nowOfReal() - began);

globalThis.Date = new Proxy(Date, {
  construct: (real, given, target) => Reflect.construct(real, given.length === 0 ? [now()] : given, target),
  get: (real, key, receiver) => (key === "now" ? now : Reflect.get(real, key, receiver)),
});
