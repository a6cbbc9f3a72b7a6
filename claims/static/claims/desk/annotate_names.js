/* Boxes that offer the names that are there while one is typed, and to create one that is not. They work as plain boxes
   where this script does not run. */

const PAUSE = 120;
let count = 0;

/** Make the boxes inside `root` offer names. */
export function offerNames(root, removes) {
  for (const box of root.querySelectorAll("[data-names]")) {
    if (box.tagName === "TEXTAREA") new Several(box, removes);
    else new Names(box, box.dataset, (name) => (box.value = name));
  }
}

function made(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

function attributes(element, values) {
  for (const [name, value] of Object.entries(values)) element.setAttribute(name, value);
}

class Names {
  /** `choose` is given the name that was picked or created. */
  constructor(input, { names, offers }, choose) {
    Object.assign(this, { input, address: names, choose, options: [], active: -1, asked: 0 });
    count += 1;
    this.list = made("ul", { className: "names", id: `names-${count}`, hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", offers);
    this.status = made("p", { className: "names-said" });
    this.status.setAttribute("role", "status");
    const frame = made("div", { className: "names-frame" });
    input.before(frame);
    frame.append(input, this.list, this.status);
    attributes(input, {
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.list.id,
    });
    input.addEventListener("input", () => this.wait());
    input.addEventListener("keydown", (event) => this.press(event));
    input.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.pick(event.target.closest("li")));
  }

  wait() {
    clearTimeout(this.timer);
    this.asked += 1;
    this.timer = setTimeout(() => this.ask(this.asked), PAUSE);
  }

  async ask(turn) {
    const name = this.input.value.trim();
    if (!name) return this.close();
    try {
      const response = await fetch(`${this.address}?${new URLSearchParams({ q: name })}`);
      if (!response.ok || response.redirected) return this.close();
      const { offers, create } = await response.json();
      if (turn === this.asked && document.activeElement === this.input) this.show(offers, create, name);
    } catch {
      this.close();
    }
    return undefined;
  }

  show(offers, create, name) {
    const items = offers.map(({ text, detail }) => {
      const item = this.item(made("span", { dir: "auto", textContent: text }), made("small", { textContent: detail }));
      return Object.assign(item, { take: () => this.taken(text) });
    });
    const creations = create.map(({ kind, text }) => {
      const item = this.item(made("span", { dir: "auto", textContent: text }));
      item.className = "creates";
      return Object.assign(item, { take: () => this.create(name, kind) });
    });
    this.options = [...items, ...creations];
    this.list.replaceChildren(...this.options);
    this.list.hidden = !this.options.length;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    this.activate(this.options.length ? 0 : -1);
  }

  item(...children) {
    const item = made("li", {}, ...children);
    item.setAttribute("role", "option");
    count += 1;
    item.id = `name-${count}`;
    return item;
  }

  activate(index) {
    this.active = index;
    this.options.forEach((item, at) => item.setAttribute("aria-selected", String(at === index)));
    if (index < 0) this.input.removeAttribute("aria-activedescendant");
    else this.input.setAttribute("aria-activedescendant", this.options[index].id);
    this.options[index]?.scrollIntoView({ block: "nearest" });
  }

  press(event) {
    if (this.list.hidden) {
      if (event.key === "ArrowDown") this.wait();
      return;
    }
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) this.activate((this.active + steps[event.key] + this.options.length) % this.options.length);
    else if (event.key === "Enter") this.pick(this.options[this.active]);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  pick(item) {
    item?.take();
  }

  taken(name) {
    this.close();
    this.choose(name);
  }

  async create(name, kind) {
    const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
    const body = new URLSearchParams({ name, kind });
    try {
      const response = await fetch(this.address, { method: "POST", body, headers: { "X-CSRFToken": token } });
      const answer = response.redirected ? {} : await response.json();
      if (answer.text) this.taken(answer.text);
      this.status.textContent = answer.said ?? answer.error ?? "";
    } catch {
      this.close();
    }
  }

  close() {
    clearTimeout(this.timer);
    this.asked += 1;
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.activate(-1);
  }
}

/** Several names in a text box, one on each line: shown as a list, with a box to add to it. */
class Several {
  constructor(box, removes) {
    Object.assign(this, { box, removes });
    this.list = made("ul", { className: "chosen" });
    this.input = made("input", { type: "text", id: `${box.id}_name`, autocomplete: "off" });
    box.after(this.list, this.input);
    // It says how to write several in the box that is not shown any more.
    const help = document.getElementById(`${box.id}_helptext`);
    if (help) help.hidden = true;
    for (const label of [...box.labels]) label.htmlFor = this.input.id;
    box.hidden = true;
    this.names = new Names(this.input, box.dataset, (name) => this.add(name));
    this.input.addEventListener("keydown", (event) => this.press(event));
    this.input.addEventListener("blur", () => this.add(this.input.value));
    this.chosen = box.value.split("\n").filter((name) => name.trim());
    this.show();
  }

  press(event) {
    if (event.key === "Enter" && this.input.value.trim() && !event.defaultPrevented) {
      event.preventDefault();
      this.add(this.input.value);
    } else if (event.key === "Backspace" && !this.input.value && this.chosen.length) {
      this.remove(this.chosen.length - 1);
    }
  }

  add(typed) {
    const name = typed.trim();
    this.input.value = "";
    const there = this.chosen.some((one) => one.toLocaleLowerCase() === name.toLocaleLowerCase());
    if (name && !there) this.chosen.push(name);
    this.show();
  }

  remove(index) {
    this.chosen.splice(index, 1);
    this.show();
    this.input.focus();
  }

  show() {
    this.box.value = this.chosen.join("\n");
    this.list.replaceChildren(...this.chosen.map((name, index) => this.chip(name, index)));
    this.list.hidden = !this.chosen.length;
  }

  chip(name, index) {
    const button = made("button", { type: "button", textContent: "×", onclick: () => this.remove(index) });
    button.setAttribute("aria-label", `${this.removes} ${name}`);
    return made("li", {}, made("span", { dir: "auto", textContent: name }), button);
  }
}
