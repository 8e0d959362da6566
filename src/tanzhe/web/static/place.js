// A passage of a document named by the address: #c120-168 are its characters 120 to 168.
"use strict";
(() => {
  const text = document.getElementById("text");
  if (!text) return;
  const show = () => {
    const place = /^#c(\d+)-(\d+)$/.exec(location.hash);
    let mark = text.querySelector("mark");
    if (place && (!mark || "#" + mark.id !== location.hash)) {
      // Places count characters; strings here count UTF-16 units.
      const signs = Array.from(text.textContent);
      const start = Number(place[1]), end = Number(place[2]);
      if (!(start < end && end <= signs.length)) return;
      mark = document.createElement("mark");
      mark.className = "now";
      mark.id = location.hash.slice(1);
      mark.textContent = signs.slice(start, end).join("");
      text.replaceChildren(signs.slice(0, start).join(""), mark, signs.slice(end).join(""));
    }
    if (mark) mark.scrollIntoView({ block: "center" });
  };
  addEventListener("hashchange", show);
  show();
})();
