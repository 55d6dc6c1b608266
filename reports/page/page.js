(function () {
  "use strict";

  const NARROW = 480;

  function specOf(id) {
    return JSON.parse(document.getElementById("spec-" + id).textContent);
  }

  const LABEL = { characters: 18, pixels: 130, lineHeight: 14 };

  // Words in lines of so many characters; a longer word stands alone.
  function lines(text, characters) {
    return text.split(" ").reduce(function (done, word) {
      const last = done[done.length - 1];
      const fits = last !== undefined && last.length + 1 + word.length <= characters;
      return fits ? done.slice(0, -1).concat(last + " " + word) : done.concat(word);
    }, []);
  }

  // Names on the axis stand in lines, and the plot is as high as these need.
  function wrapNames(spec) {
    spec.layer.forEach(function (view) {
      const y = view.encoding && view.encoding.y;
      if (!y || y.type !== "nominal" || !y.axis) { return; }
      const names = Array.from(new Set(spec.datasets.rows.map(function (row) { return row[y.field]; })));
      const wrapped = Object.fromEntries(names.map(function (name) { return [name, lines(String(name), LABEL.characters)]; }));
      const most = Math.max.apply(null, Object.values(wrapped).map(function (each) { return each.length; }));
      const shown = "(" + JSON.stringify(wrapped) + ")[datum.label]";
      y.axis.labelOverlap = false;
      y.axis.labelExpr = shown;
      y.axis.labelOffset = { expr: -LABEL.lineHeight / 2 + " * (length(" + shown + ") - 1)" };
      spec.height = Math.max(spec.height, names.length * (most * LABEL.lineHeight + 4));
    });
  }

  // On a phone legends and names stand in columns and ticks are fewer, so that the plot keeps its room.
  function fitted(spec, width) {
    if (width < NARROW) {
      wrapNames(spec);
      spec.config.legend.columns = spec.usermeta.phone_legend_columns;
      spec.config.legend.titleOrient = "top";
      spec.config.legend.symbolSize = 60;
      spec.config.axisY.labelLimit = LABEL.pixels;
      spec.config.axisX.labelSeparation = 8;
      spec.config.padding = { left: 0, right: 22, top: 4, bottom: 4 };
    }
    return spec;
  }

  function draw(place) {
    const options = { renderer: "svg", actions: false, tooltip: { disableDefaultStyle: true } };
    return window.vegaEmbed(place, fitted(specOf(place.dataset.chart), place.clientWidth), options).catch(function (error) {
      place.innerHTML = "";
      const note = document.createElement("p");
      note.className = "failed";
      note.textContent = "This chart could not be drawn: " + error.message;
      place.append(note);
      console.error(error);
    });
  }

  function csvOf(rows) {
    const quoted = function (value) {
      // A spreadsheet would run a text that begins like a formula; with an apostrophe in front it stays a text.
      const sign = typeof value === "string" && /^[=+@\t\r-]/.test(value) ? "'" : "";
      const text = value === null || value === undefined ? "" : sign + value;
      return /[",\r\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
    };
    const names = Object.keys(rows[0]);
    const lines = rows.map(function (row) {
      return names.map(function (name) { return quoted(row[name]); }).join(",");
    });
    return [names.map(quoted).join(",")].concat(lines).join("\r\n") + "\r\n";
  }

  function save(id) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([csvOf(specOf(id).datasets.rows)], { type: "text/csv" }));
    link.download = id + ".csv";
    link.click();
    URL.revokeObjectURL(link.href);
  }

  document.querySelectorAll("[data-csv]").forEach(function (button) {
    button.addEventListener("click", function () { save(button.dataset.csv); });
  });

  // A link to a table opens it; on paper all stand open.
  function openTarget() {
    const target = document.getElementById(location.hash.slice(1));
    if (target && target.tagName === "DETAILS") { target.open = true; }
  }
  window.addEventListener("hashchange", openTarget);
  document.querySelectorAll("a[href^='#']").forEach(function (link) {
    link.addEventListener("click", function () { setTimeout(openTarget); });
  });
  openTarget();
  let closed = [];
  window.addEventListener("beforeprint", function () {
    closed = Array.from(document.querySelectorAll("details:not([open])"));
    closed.forEach(function (details) { details.open = true; });
  });
  window.addEventListener("afterprint", function () {
    closed.forEach(function (details) { details.open = false; });
  });

  const places = Array.from(document.querySelectorAll("[data-chart]"));
  places.reduce(function (before, place) {
    return before.then(function () { return draw(place); });
  }, Promise.resolve()).then(function () { document.body.dataset.drawn = "true"; });
})();
