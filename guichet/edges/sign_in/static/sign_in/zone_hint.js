/** Beside a list of time zones: a button that chooses the browser's, where the two differ. */
class ZoneHint extends HTMLElement {
  connectedCallback() {
    this.list = document.getElementById(this.dataset.for)
    this.zone = Intl.DateTimeFormat().resolvedOptions().timeZone
    this.option = this.list && [...this.list.options].find((option) => option.value === this.zone)
    if (!this.option || this.option.selected) return
    this.button = document.createElement("button")
    this.button.type = "button"
    this.button.className = "button button--plain button--small"
    this.button.textContent = this.dataset.words.replace("{zone}", this.option.textContent)
    this.button.addEventListener("click", this.#choose)
    this.replaceChildren(this.button)
  }

  disconnectedCallback() {
    this.button?.removeEventListener("click", this.#choose)
    this.replaceChildren()
  }

  #choose = () => {
    this.option.selected = true
    this.list.focus()
    this.button.remove()
  }
}

customElements.define("zone-hint", ZoneHint)
