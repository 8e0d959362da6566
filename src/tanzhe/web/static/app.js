// What every page can do: search by "/", the list of keys, the menu of a phone, copied addresses.
"use strict";

const typing = (event) => event.target.closest("input, select, textarea, [contenteditable]");
const say = (text) => { document.getElementById("live").textContent = text; };

function start() {
  document.documentElement.classList.remove("no-script");
  for (const script of document.querySelectorAll("script[data-needed]")) script.remove();
}

document.addEventListener("keydown", (event) => {
  if (typing(event) || event.ctrlKey || event.metaKey || event.altKey) return;
  const keys = document.getElementById("keys");
  if (event.key === "/") {
    event.preventDefault();
    document.querySelector(".bar")?.classList.add("is-open");
    document.getElementById("q")?.focus();
  } else if (event.key === "?") {
    event.preventDefault();
    keys.open ? keys.close() : keys.showModal();
  }
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.classList.contains("menu")) {
    const open = document.querySelector(".bar").classList.toggle("is-open");
    button.setAttribute("aria-expanded", String(open));
  } else if ("keys" in button.dataset) {
    document.getElementById("keys").showModal();
  } else if ("copy" in button.dataset) {
    const address = new URL(button.dataset.copy, location.href).href;
    const done = () => { say(button.dataset.said); button.textContent = button.dataset.said; };
    // Without a secure context there is no clipboard: the address bar has the same.
    navigator.clipboard ? navigator.clipboard.writeText(address).then(done) : history.replaceState(null, "", address);
  } else if ("sort" in button.dataset) {
    sort(button);
  }
});

// Files: a button in the page's own language, and a place to drop them.
function pickers() {
  for (const input of document.querySelectorAll(".picker input[type=file]")) {
    const button = document.createElement("label"), chosen = document.createElement("span");
    button.className = "button";
    button.htmlFor = input.id;
    button.textContent = input.dataset.choose;
    chosen.className = "note";
    const tell = () => {
      chosen.textContent = [...input.files].map((file) => file.name).join("、") || input.dataset.none;
    };
    input.classList.add("visually-hidden");
    input.addEventListener("change", tell);
    input.after(button, chosen);
    tell();
    const place = input.closest("form");
    place.addEventListener("dragover", (event) => event.preventDefault());
    place.addEventListener("drop", (event) => {
      event.preventDefault();
      if (!event.dataTransfer.files.length || event.target.closest("form").querySelector(".picker input") !== input) return;
      input.files = event.dataTransfer.files;
      tell();
    });
  }
}

document.addEventListener("input", (event) => {
  const told = event.target.dataset && document.getElementById(event.target.dataset.output);
  if (told) told.textContent = `${event.target.value}%`;
});

// A table by one of its columns: numbers by `data-value`, names as they stand.
function sort(button) {
  const cell = button.closest("th"), body = button.closest("table").tBodies[0];
  const at = cell.cellIndex, up = cell.getAttribute("aria-sort") !== "ascending";
  for (const one of cell.parentElement.cells) one.removeAttribute("aria-sort");
  cell.setAttribute("aria-sort", up ? "ascending" : "descending");
  const value = (row) => row.cells[at].dataset.value ?? "";
  const number = (text) => (text === "" ? Infinity : Number(text));
  const rows = [...body.rows].sort((a, b) => {
    const [x, y] = [number(value(a)), number(value(b))];
    return (Number.isNaN(x) || Number.isNaN(y)) ? value(a).localeCompare(value(b), "zh") : x - y;
  });
  if (!up) rows.reverse();
  body.append(...rows);
}

start();
pickers();
