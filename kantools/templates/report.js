(() => {
  "use strict";
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const panels = all(".panel");
  const points = all(".point");
  document.documentElement.classList.add("js");

  // The front: a point or a row of the table shows its formula.
  const show = (k, say = true) => {
    panels.forEach((panel, i) => panel.classList.toggle("current", i === k));
    all("[data-formula]").forEach((link) => {
      if (Number(link.dataset.formula) === k) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
    if (say) document.getElementById("announcement").textContent = points[k].getAttribute("aria-label");
  };
  all("[data-formula]").forEach((link) =>
    link.addEventListener("click", (event) => {
      event.preventDefault();
      show(Number(link.dataset.formula));
      if (link.matches(".pick")) document.querySelector(".front").scrollIntoView({ block: "nearest" });
    })
  );
  const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  points.forEach((point, k) =>
    point.addEventListener("keydown", (event) => {
      if (event.key === " ") {
        event.preventDefault();
        show(k);
      } else if (event.key in steps) {
        event.preventDefault();
        const next = Math.min(Math.max(k + steps[event.key], 0), points.length - 1);
        points[next].focus();
        show(next);
      }
    })
  );
  const asked = /^#formula-(\d+)$/.exec(location.hash);
  const chosen = panels.findIndex((panel) => panel.classList.contains("current"));
  show(asked && Number(asked[1]) < panels.length ? Number(asked[1]) : chosen, false);

  // Tables: a click on a heading sorts by it, a second one the other way round; empty cells stay below.
  const key = (cell) => {
    const text = "sort" in cell.dataset ? cell.dataset.sort : cell.textContent.trim();
    const number = Number(text);
    return text === "" || text === "nan" ? null : Number.isNaN(number) ? text : number;
  };
  const compare = (a, b) =>
    typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b));
  const sort = (table, column, down) => {
    const rows = all("tbody tr", table).map((row) => ({ row, key: key(row.cells[column]) }));
    rows.sort((a, b) => {
      if (a.key === null || b.key === null) return (a.key === null) - (b.key === null);
      return down ? compare(b.key, a.key) : compare(a.key, b.key);
    });
    table.tBodies[0].append(...rows.map(({ row }) => row));
  };
  all("table.sortable").forEach((table) =>
    all("thead th", table).forEach((heading, column) =>
      heading.querySelector("button")?.addEventListener("click", () => {
        const down = heading.getAttribute("aria-sort") === "ascending";
        all("thead th", table).forEach((other) => other.removeAttribute("aria-sort"));
        heading.setAttribute("aria-sort", down ? "descending" : "ascending");
        sort(table, column, down);
      })
    )
  );

  // Copying, also where the browser has no clipboard for files.
  const copyBySelection = (text) => {
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  };
  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return copyBySelection(text);
    }
  };
  all(".copy").forEach((button) => {
    const label = button.textContent;
    button.addEventListener("click", async () => {
      const source = document.getElementById(button.dataset.copy);
      const done = await copy(source ? source.textContent : button.dataset.text);
      button.textContent = done ? "Copied" : "Press Ctrl+C";
      setTimeout(() => (button.textContent = label), 1600);
      document.getElementById("announcement").textContent = done ? "Copied" : "";
    });
  });
})();
