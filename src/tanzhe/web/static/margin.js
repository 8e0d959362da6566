// N and P lead from finding to finding; the address names the line.
"use strict";
(() => {
  const found = [...document.querySelectorAll("[data-finding]")];
  if (!found.length) return;
  const go = (step) => {
    const now = found.findIndex((line) => "#" + line.id === location.hash);
    const next = now < 0 ? (step > 0 ? 0 : found.length - 1) : (now + step + found.length) % found.length;
    location.hash = found[next].id;
  };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input,textarea,select")) return;
    if (event.key === "n" || event.key === "N") go(1);
    else if (event.key === "p" || event.key === "P") go(-1);
  });
  const button = document.querySelector("[data-next]");
  if (button) button.addEventListener("click", (event) => { event.preventDefault(); go(1); });
})();
