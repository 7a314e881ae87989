import { fill, language } from "../../ui/js/words.js"

/** Says which colleagues are here, or typing: data-of="names" | "typing", words in data-one and data-many ({names}). */
class PresenceLine extends HTMLElement {
  connectedCallback() {
    document.body.addEventListener("live:presence", this.#heard)
  }

  disconnectedCallback() {
    document.body.removeEventListener("live:presence", this.#heard)
    clearTimeout(this.timer)
  }

  #heard = (event) => {
    clearTimeout(this.timer)
    this.#show(event.detail[this.dataset.of] ?? [])
    // Who stops typing does not say so.
    if (this.dataset.of === "typing") this.timer = setTimeout(() => this.#show([]), 6000)
  }

  #show(names) {
    const words = names.length === 1 ? this.dataset.one : this.dataset.many
    const listed = new Intl.ListFormat(language(), { type: "conjunction" }).format(names)
    this.textContent = names.length ? fill(words, { names: listed }) : ""
  }
}

customElements.define("presence-line", PresenceLine)
