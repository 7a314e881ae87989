/**
 * Around the two forms of the composer: choosing one puts the cursor into it, Ctrl+Enter sends, typing puts the preview away.
 * What was sent gives the keys back to the page.
 */
class DeskComposer extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this.#chosen)
    this.addEventListener("keydown", this.#key)
    this.addEventListener("input", this.#typed)
    this.addEventListener("htmx:afterRequest", this.#sent)
  }

  disconnectedCallback() {
    this.removeEventListener("click", this.#chosen)
    this.removeEventListener("keydown", this.#key)
    this.removeEventListener("input", this.#typed)
    this.removeEventListener("htmx:afterRequest", this.#sent)
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

  // What is sent is done: the keys act on the request again, instead of being typed into the next message.
  #sent = (event) => {
    const field = document.activeElement
    if (event.detail.xhr.status < 300 && this.contains(field) && field.value === "") this.parentElement.querySelector(".conversation__scroll")?.focus()
  }

  #typed = (event) => {
    if (event.target.matches("textarea")) event.target.form.querySelector("[data-preview]")?.replaceChildren()
  }
}

customElements.define("desk-composer", DeskComposer)
