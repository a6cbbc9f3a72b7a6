/* A claim's form keeps itself: on the server as a draft, or in this browser while there is no connection. */

const PAUSE = 1500;
const form = document.querySelector("#claim_form[data-editable]");

/** What the form says, without what is only machinery; of a file only its name. */
function said(form) {
  const data = new FormData(form);
  for (const [name, value] of [...data]) {
    if (!(value instanceof File)) continue;
    // Beside an empty box, the name of a file that did not come through.
    const [lost = ""] = data.getAll(name).filter((one) => typeof one === "string");
    data.delete(name);
    if (value.name || lost) data.set(name, value.name || lost);
  }
  data.delete("_save");
  return data;
}

function asText(data) {
  return JSON.stringify([...data].filter(([name]) => name !== "csrfmiddlewaretoken"));
}

class Draft {
  constructor(form) {
    this.form = form;
    this.key = form.dataset.key;
    this.status = document.querySelector("#draft-said");
    // What is saved: unknown to a page that shows what was typed.
    this.first = "typed" in form.dataset ? "" : asText(said(form));
    this.kept = this.first;
    this.words = {};
    for (const word of document.querySelector("#draft-words").content.children) {
      this.words[word.dataset.when] = word.textContent;
    }
    const typed = () => this.wait();
    form.addEventListener("input", typed);
    form.addEventListener("change", typed);
    // Django's autocompletes tell only jQuery.
    window.django?.jQuery(form).on("change", typed);
    document.addEventListener("formset:removed", typed);
    form.addEventListener("submit", (event) => this.leave(event));
    addEventListener("beforeunload", (event) => this.guard(event));
    addEventListener("online", typed);
    addEventListener("pageshow", () => (this.leaving = false));
    if (!this.first) this.wait();
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), PAUSE);
  }

  get text() {
    return asText(said(this.form));
  }

  async keep() {
    const text = this.text;
    if (text === this.kept && !this.onlyHere) return;
    this.request?.abort();
    this.request = new AbortController();
    try {
      const answer = await this.post(text === this.first ? this.discarding() : said(this.form));
      if (!answer.ok) throw new Error(answer.status);
      localStorage.removeItem(this.key);
      this.onlyHere = false;
      this.done(text, "server");
    } catch (error) {
      if (error.name !== "AbortError") this.keepHere(text);
    }
  }

  discarding() {
    const data = new FormData();
    data.set("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value);
    data.set("discard", "1");
    return data;
  }

  /** A redirection is to the page where one signs in: nothing was kept. */
  post(body) {
    return fetch(this.form.dataset.draft, {
      method: "POST",
      body,
      headers: { Accept: "application/json" },
      redirect: "manual",
      signal: this.request?.signal,
    });
  }

  keepHere(text) {
    try {
      localStorage.setItem(this.key, JSON.stringify({ text, when: Date.now() }));
      this.onlyHere = true;
      this.done(text, "browser");
    } catch {
      this.say("nowhere");
    }
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), 20 * PAUSE);
  }

  done(text, where) {
    this.kept = text;
    if (text === this.first && where === "server") this.status.textContent = "";
    else this.say(where);
  }

  say(where) {
    const time = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
    this.status.textContent = where === "server" ? `${this.words.server} ${time}` : this.words[where];
    this.status.classList.toggle("worse", where !== "server");
  }

  leave(event) {
    if (event.submitter?.formTarget === "_blank") return;
    // A second press while the first is on its way.
    if (this.leaving) return event.preventDefault();
    clearTimeout(this.timer);
    this.request?.abort();
    // What does not reach the server is still here.
    if (this.text !== this.first) this.keepForTheWay();
    this.leaving = true;
    // Whoever stopped the first may press again.
    setTimeout(() => (this.leaving = false), 10 * PAUSE);
  }

  keepForTheWay() {
    try {
      localStorage.setItem(this.key, JSON.stringify({ text: this.text, when: Date.now() }));
    } catch {
      // Without a store there is only the form itself.
    }
  }

  guard(event) {
    if (this.leaving || this.text === this.kept) return;
    event.preventDefault();
  }
}

/** Offer what this browser kept, unless it has been saved since. */
function offer(form, draft) {
  const kept = JSON.parse(localStorage.getItem(form.dataset.key) ?? "null");
  if (!kept) return;
  const version = new Map(JSON.parse(kept.text)).get("version");
  const saved = form.dataset.savedFrom && form.dataset.savedFrom === version;
  if (saved || kept.text === draft.text || "typed" in form.dataset) {
    localStorage.removeItem(form.dataset.key);
    return;
  }
  const banner = document.querySelector("#draft-kept-here").content.firstElementChild.cloneNode(true);
  const time = banner.querySelector("time");
  time.dateTime = new Date(kept.when).toISOString();
  time.textContent = new Date(kept.when).toLocaleString();
  form.before(banner);
  banner.addEventListener("click", (event) => {
    if (event.target.name === "restore") restore(form, draft, kept);
    if (event.target.name === "discard") {
      localStorage.removeItem(form.dataset.key);
      banner.remove();
    }
  });
}

/** The server fills the form: it knows the names of what was chosen. */
async function restore(form, draft, kept) {
  const data = new FormData();
  for (const [name, value] of JSON.parse(kept.text)) data.append(name, value);
  data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  try {
    const answer = await draft.post(data);
    if (!answer.ok) throw new Error(answer.status);
    localStorage.removeItem(form.dataset.key);
    draft.leaving = true;
    location.assign("?draft=restore");
  } catch {
    draft.say("browser");
  }
}

if (form) {
  const draft = new Draft(form);
  try {
    offer(form, draft);
  } catch {
    // A store that cannot be read holds nothing to offer.
  }
}
document.querySelector(".both-versions")?.focus();
