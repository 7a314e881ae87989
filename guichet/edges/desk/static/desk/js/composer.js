/**
 * Around the two forms of the composer: choosing one puts the cursor into it, Ctrl+Enter sends, typing puts the preview away.
 */
class DeskComposer extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this.#chosen)
    this.addEventListener("keydown", this.#key)
    this.addEventListener("input", this.#typed)
  }

  disconnectedCallback() {
    this.removeEventListener("click", this.#chosen)
    this.removeEventListener("keydown", this.#key)
    this.removeEventListener("input", this.#typed)
  }

  #chosen = (event) => {
    const field = document.getElementById(event.target.dataset?.writes)
    field?.focus()
    field?.setSelectionRange(field.value.length, field.value.length)
  }

  #key = (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return
    event.preventDefault()
    event.target.form?.requestSubmit()
  }

  #typed = (event) => {
    if (event.target.matches("textarea")) event.target.form.querySelector("[data-preview]")?.replaceChildren()
  }
}

customElements.define("desk-composer", DeskComposer)
