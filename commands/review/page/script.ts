/** Rows of a table that are shown at once: a browser takes seconds to lay out thousands, and nobody reads them. */
export const shownRows = 300;

/**
 * What the page does by itself: filters its rows, opens what a link leads to, and shows the way through a node of a
 * picture. Keys: `/` goes to the filter, `j` and `k` from row to row, Enter keeps a row's link.
 */
export const script = `(() => {
  const rows = [...document.querySelectorAll("[data-row]")];
  const texts = rows.map((row) => row.textContent.toLowerCase());
  const filter = document.getElementById("filter");
  const shown = document.getElementById("shown");
  const tables = [...document.querySelectorAll("tbody")].map((body) => ({ body, own: [], more: undefined }));
  const tableOf = new Map(tables.map((table) => [table.body, table]));
  rows.forEach((row, index) => tableOf.get(row.parentElement).own.push({ row, index }));
  const most = ${shownRows};
  let pinned;
  const show = (table, words) => {
    let hits = 0;
    let visible = 0;
    for (const { row, index } of table.own) {
      const hit = words.every((word) => texts[index].includes(word));
      if (hit) hits += 1;
      const open = hit && (visible < most || row === pinned);
      if (open) visible += 1;
      if (row.hidden === open) row.hidden = !open;
    }
    if (hits > visible && !table.more) {
      table.more = document.createElement("p");
      table.more.className = "more";
      table.body.closest(".scroll").after(table.more);
    }
    if (table.more) table.more.textContent = hits > visible ? hits - visible + " more rows; filter for them" : "";
    return hits;
  };
  const apply = () => {
    const words = filter.value.toLowerCase().split(/\\s+/).filter(Boolean);
    const count = tables.reduce((sum, table) => sum + show(table, words), 0);
    shown.textContent = words.length === 0 ? "" : count + " of " + rows.length + " rows";
    const url = new URL(location.href);
    if (words.length === 0) url.searchParams.delete("q");
    else url.searchParams.set("q", filter.value);
    history.replaceState(null, "", url);
  };
  filter.addEventListener("input", apply);
  const asked = new URL(location.href).searchParams.get("q");
  if (asked) filter.value = asked;
  apply();

  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    pinned = target;
    if (target.hidden) { filter.value = ""; apply(); }
    for (let up = target; up; up = up.parentElement) if (up.tagName === "DETAILS") up.open = true;
    target.scrollIntoView({ block: "center" });
    select(rows.indexOf(target));
  };
  let at = -1;
  const select = (index) => {
    if (at >= 0) rows[at].classList.remove("here");
    at = index;
    if (at >= 0) rows[at].classList.add("here");
  };
  const step = (by) => {
    for (let next = at + by; next >= 0 && next < rows.length; next += by) {
      const row = rows[next];
      if (row.hidden || row.closest("details:not([open])")) continue;
      select(next);
      row.scrollIntoView({ block: "nearest" });
      const link = row.querySelector("a");
      if (link) link.focus({ preventScroll: true });
      return;
    }
  };
  addEventListener("hashchange", reveal);
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target === filter) { if (event.key === "Escape") filter.blur(); return; }
    if (event.key === "/") { event.preventDefault(); filter.focus(); }
    if (event.key === "j") step(1);
    if (event.key === "k") step(-1);
  });
  if (location.hash) reveal();

  for (const svg of document.querySelectorAll(".picture svg")) {
    const nodes = [...svg.querySelectorAll("[data-node]")];
    const edges = [...svg.querySelectorAll(".edge")];
    const follow = (id) => {
      const seen = new Set([id]);
      const spread = (from, to) => {
        const queue = [id];
        while (queue.length > 0) {
          const next = queue.pop();
          for (const edge of edges) if (edge.dataset[from] === next && !seen.has(edge.dataset[to])) {
            seen.add(edge.dataset[to]);
            queue.push(edge.dataset[to]);
          }
        }
      };
      spread("from", "to");
      spread("to", "from");
      return seen;
    };
    const show = (id) => {
      const seen = id === undefined ? undefined : follow(id);
      for (const node of nodes) node.classList.toggle("faint", seen !== undefined && !seen.has(node.dataset.node));
      for (const edge of edges) edge.classList.toggle("faint", seen !== undefined && !(seen.has(edge.dataset.from) && seen.has(edge.dataset.to)));
    };
    let chosen;
    for (const node of nodes) {
      if (!edges.some(({ dataset }) => dataset.from === node.dataset.node || dataset.to === node.dataset.node)) continue;
      node.setAttribute("tabindex", "0");
      node.setAttribute("role", "button");
      const toggle = () => { chosen = chosen === node ? undefined : node; show(chosen && chosen.dataset.node); };
      node.addEventListener("click", toggle);
      node.addEventListener("keydown", (event) => {
        if (event.key === "Enter" || event.key === " ") { event.preventDefault(); toggle(); }
        if (event.key === "Escape") { chosen = undefined; show(); }
      });
    }
  }
})();`;
