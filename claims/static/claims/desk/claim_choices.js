/* The boxes that Django's autocompletes put in the place of lists bear the names of those lists. */

const $ = window.django?.jQuery;

function name(list) {
  const label = list.labels[0]?.textContent.trim().replace(/:$/, "");
  const box = list.nextElementSibling;
  if (!label || !box?.matches(".select2")) return;
  for (const part of box.querySelectorAll(".select2-selection, .select2-selection__rendered, input")) {
    part.setAttribute("aria-label", label);
  }
}

function nameAll(root) {
  for (const list of root.querySelectorAll("select.admin-autocomplete")) name(list);
}

if ($) {
  // Django makes them when the document is ready.
  $(() => nameAll(document));
  document.addEventListener("formset:added", (event) => setTimeout(() => nameAll(event.target)));
  $(document).on("select2:open", (event) => {
    const search = document.querySelector(".select2-container--open .select2-search__field");
    search?.setAttribute("aria-label", event.target.labels[0]?.textContent.trim() ?? "");
  });
}
