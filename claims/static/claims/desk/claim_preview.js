/* The explanation as readers will see it, below the box it is typed in. */

for (const button of document.querySelectorAll("button[data-preview]")) {
  const region = document.querySelector("#explanation-preview");
  button.setAttribute("aria-controls", region.id);
  button.addEventListener("click", (event) => {
    event.preventDefault();
    show(button, region);
  });
}

async function show(button, region) {
  const box = document.getElementById(button.dataset.preview);
  const data = new FormData();
  data.set("csrfmiddlewaretoken", button.form.elements.csrfmiddlewaretoken.value);
  data.set(box.name, box.value);
  data.set("fragment", "1");
  const failed = region.querySelector(".failed");
  try {
    const answer = await fetch(button.formAction, { method: "POST", body: data, redirect: "manual" });
    if (!answer.ok) throw new Error(answer.status);
    // Sanitised by the server; and nothing in a parsed document runs.
    const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
    region.querySelector(".shown").replaceChildren(...parsed.body.childNodes);
    failed.hidden = true;
  } catch {
    failed.hidden = false;
  }
  region.hidden = false;
  region.focus();
}
