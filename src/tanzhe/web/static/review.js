// A key a record: A accept, R reject, U undo, J next, K previous, E edit, M merge.
"use strict";
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input,textarea,select")) return;
  const key = event.key.toLowerCase();
  const press = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  const open = document.querySelector(`[data-open="${CSS.escape(key)}"]`);
  if (press) { event.preventDefault(); press.click(); }
  else if (open) { event.preventDefault(); open.open = true; open.querySelector("input,select").focus(); }
});
