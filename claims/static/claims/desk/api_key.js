/* A button that copies what is in a box, where the browser lets a page do that. */

for (const button of document.querySelectorAll("[data-copies]")) {
  const box = document.getElementById(button.dataset.copies);
  button.hidden = !navigator.clipboard;
  box.addEventListener("focus", () => box.select());
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(box.value);
    document.getElementById("copied").textContent = button.dataset.done;
  });
}
