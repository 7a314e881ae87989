const TYPING = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]"

/**
 * Single keys for the elements of the page that carry data-key="r" (and data-key-label for the help).
 * A key focuses a field and clicks anything else. "?", or a click on what has it, opens the dialog named by data-help and
 * lists all keys there.
 * Keys are left alone while typing, with modifiers, and while a dialog is open; Escape leaves a field.
 */
class KeyShortcuts extends HTMLElement {
  connectedCallback() {
    document.addEventListener("keydown", this.#press)
    document.addEventListener("click", this.#click)
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.#press)
    document.removeEventListener("click", this.#click)
  }

  #click = (event) => {
    if (event.target.closest('[data-key="?"]')) this.#help()
  }

  #press = (event) => {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.target.closest?.(TYPING)) {
      if (event.key === "Escape") event.target.blur()
      return
    }
    if (document.querySelector("dialog[open]")) return
    if (event.key === "?") return this.#help()
    const target = this.#visible().find((element) => element.dataset.key === event.key)
    if (!target) return
    event.preventDefault()
    target.matches(TYPING) ? target.focus() : target.click()
  }

  #visible() {
    return [...document.querySelectorAll("[data-key]")].filter((element) => element.checkVisibility?.() ?? true)
  }

  #help() {
    const dialog = document.getElementById(this.dataset.help)
    const list = dialog?.querySelector("[data-keys]")
    if (!list) return
    list.replaceChildren(...this.#visible().flatMap((element) => this.#line(element)))
    dialog.showModal()
  }

  #line(element) {
    const key = document.createElement("kbd")
    key.className = "kbd"
    key.textContent = element.dataset.key
    const term = document.createElement("dt")
    term.append(key)
    const words = document.createElement("dd")
    words.textContent = element.dataset.keyLabel || element.getAttribute("aria-label") || element.textContent.trim()
    return [term, words]
  }
}

customElements.define("key-shortcuts", KeyShortcuts)
