/** Closes the <details> inside on Escape, on a click outside, and when focus leaves it. */
class MenuButton extends HTMLElement {
  connectedCallback() {
    document.addEventListener("click", this.#outside)
    this.addEventListener("keydown", this.#key)
    this.addEventListener("focusout", this.#left)
  }

  disconnectedCallback() {
    document.removeEventListener("click", this.#outside)
    this.removeEventListener("keydown", this.#key)
    this.removeEventListener("focusout", this.#left)
  }

  get #menu() { return this.querySelector("details") }

  #outside = (event) => {
    if (!this.contains(event.target)) this.#close()
  }

  #left = (event) => {
    if (event.relatedTarget && !this.contains(event.relatedTarget)) this.#close()
  }

  #key = (event) => {
    if (!this.#menu?.open) return
    if (event.key === "Escape") {
      event.stopPropagation()
      this.#close()
      this.querySelector("summary").focus()
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault()
      this.#step(event.key === "ArrowDown" ? 1 : -1)
    }
  }

  #step(by) {
    const items = [...this.querySelectorAll(".menu__item:not(:disabled)")]
    const at = items.indexOf(document.activeElement)
    items[(at === -1 && by < 0 ? items.length - 1 : at + by + items.length) % items.length]?.focus()
  }

  #close() {
    if (this.#menu) this.#menu.open = false
  }
}

customElements.define("menu-button", MenuButton)
