/* The panel that asks what a statement is. What was typed stays in it until it is saved, or until other words are
   recorded. */

import { offerNames } from "./annotate_names.js";

/** The nodes of HTML that the server made, with no script in it run. */
export function parsed(html) {
  return [...new DOMParser().parseFromString(html, "text/html").body.childNodes];
}

export class Panel {
  /** `recorded` is given the server's answer to each statement that was saved. */
  constructor(dialog, recorded) {
    Object.assign(this, { dialog, recorded, busy: false, kept: "" });
    this.form = dialog.querySelector("form");
    this.trouble = dialog.querySelector(".errornote");
    dialog.querySelector(".panel-close").addEventListener("click", () => dialog.close());
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.save(event.submitter);
    });
  }

  /** Ask about the words between two offsets in code points. */
  async open(start, end) {
    const place = `?${new URLSearchParams({ start, end })}`;
    this.dialog.showModal();
    if (this.kept !== place) await this.load(place);
    this.aim();
  }

  async load(place) {
    this.form.textContent = this.dialog.dataset.waiting;
    this.kept = "";
    const answer = await this.reach(this.dialog.dataset.address + place);
    if (answer?.ok) {
      this.fill(answer.text);
      this.kept = place;
    } else if (answer) {
      this.complain(this.dialog.dataset.failed);
    }
    if (!this.kept) this.form.replaceChildren();
  }

  fill(html) {
    this.form.replaceChildren(...parsed(html));
    offerNames(this.form, this.dialog.dataset.removes);
  }

  /** Put the cursor where something is to be done. */
  aim() {
    const wrong = this.form.querySelector(".wrong :is(input, textarea, select):not([hidden])");
    const field = wrong ?? this.form.querySelector("[name=wording]");
    (field ?? this.dialog.querySelector(".panel-close")).focus();
    if (!wrong) field?.setSelectionRange(field.value.length, field.value.length);
  }

  async save(button) {
    if (this.busy) return;
    this.busy = true;
    const body = new FormData(this.form);
    if (button?.name) body.append(button.name, button.value);
    try {
      const response = await this.reach(this.dialog.dataset.post, {
        method: "POST",
        body,
        headers: { Accept: "application/json" },
      });
      if (response) await this.answered(response);
    } catch {
      this.complain(this.dialog.dataset.failed);
    } finally {
      this.busy = false;
    }
  }

  async answered(response) {
    if (!response.type.startsWith("application/json")) return this.complain(this.dialog.dataset.failed);
    const answer = JSON.parse(response.text);
    if (answer.form) {
      this.fill(answer.form);
      return this.aim();
    }
    this.kept = "";
    if (answer.again) {
      this.recorded(answer);
      await this.load(answer.again);
      if (this.kept) this.complain(answer.said, "info");
      return this.aim();
    }
    this.dialog.close();
    return this.recorded(answer);
  }

  /** What was answered, read to its end, or undefined where the connection is lost before that; a request that leads
      to the sign-in page has failed. */
  async reach(address, options = {}) {
    this.trouble.hidden = true;
    try {
      const response = await fetch(address, options);
      if (response.redirected) return { ok: false, type: "", text: "" };
      return { ok: response.ok, type: response.headers.get("Content-Type") ?? "", text: await response.text() };
    } catch {
      this.complain(this.dialog.dataset.lost);
      return undefined;
    }
  }

  complain(message, kind = "error") {
    this.trouble.textContent = message;
    this.trouble.classList.toggle("told", kind === "info");
    this.trouble.hidden = false;
  }
}
