// Draws each chart of the page from the specification that stands beside it.
"use strict";
(() => {
  // Okabe and Ito's colours, told apart by all eyes and, in this order, in grey too.
  const colours = ["#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#000000", "#999999"];
  const font = "system-ui, sans-serif";
  // On a narrow screen labels take at most half of it, and what a legend names stands line by line.
  const configFor = (width) => ({
    background: "transparent",
    font,
    view: { stroke: null },
    mark: { color: colours[0] },
    range: { category: colours },
    axis: { labelFontSize: 12, titleFontSize: 12, titleFontWeight: "normal", labelLimit: Math.min(260, width / 2), labelSeparation: 4,
            gridColor: "#ddd", labelColor: "#222", titleColor: "#222" },
    legend: { labelFontSize: 12, titleFontSize: 12, titleFontWeight: "normal", labelLimit: Math.min(420, width - 140),
              labelColor: "#222", titleColor: "#222", orient: "bottom", columns: width < 600 ? 1 : 3 },
    text: { fontSize: 12, color: "#222" },
    aria: false,
  });
  // Nothing is ever loaded: all data stand in the page.
  const refuse = () => Promise.reject(new Error("this page loads nothing"));
  const loader = { load: refuse, sanitize: refuse, http: refuse, file: refuse };

  // Remarks of the compiler on what it chose; faults are thrown.
  const logger = { level: () => logger, error: (what) => { throw new Error(what); }, warn: () => logger,
                   info: () => logger, debug: () => logger };

  const draw = (node) => {
    const holder = document.getElementById(node.dataset.chart);
    const width = Math.max(320, Math.min(860, holder.clientWidth || 860));
    const spec = JSON.parse(node.textContent, (key, value) => {
      if (key === "columns" && width < 600) return 1;
      return key === "labelLimit" ? Math.min(value, width / 2) : value;
    });
    const whole = { autosize: { type: "fit-x", contains: "padding" }, width,
                    config: configFor(width), ...spec };
    const compiled = vegaLite.compile(whole, { logger }).spec;
    // The holder is an image with a title and a description; what is drawn in it is for the eyes.
    const canvas = holder.appendChild(document.createElement("div"));
    canvas.setAttribute("aria-hidden", "true");
    const view = new vega.View(vega.parse(compiled, null, { ast: true }), {
      renderer: "svg", container: canvas, hover: false, expr: vega.expressionInterpreter, loader,
    });
    return view.runAsync();
  };
  const drawn = [...document.querySelectorAll("script[data-chart]")].map((node) =>
    Promise.resolve().then(() => draw(node)).catch((fault) => {
      const holder = document.getElementById(node.dataset.chart);
      holder.textContent = "This chart could not be drawn; its table below holds the same numbers.";
      console.error(fault);
    }));
  Promise.all(drawn).then(() => document.documentElement.setAttribute("data-drawn", String(drawn.length)));

  // On paper there is nothing to open: tables print open.
  addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll("details.table")) details.open = true;
  });
})();
