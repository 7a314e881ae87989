/**
 * Around a form: the first submit counts, further ones are dropped; the pressed button shows that it works.
 * The form's client key field is left alone, so that a repeated post is known by the server as the same one.
 */
class SubmitOnce extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", this.#submit)
    this.addEventListener("htmx:afterRequest", this.#free)
    addEventListener("pageshow", this.#free)
  }

  disconnectedCallback() {
    this.removeEventListener("submit", this.#submit)
    this.removeEventListener("htmx:afterRequest", this.#free)
    removeEventListener("pageshow", this.#free)
  }

  #submit = (event) => {
    if (this.sent) {
      event.preventDefault()
      event.stopImmediatePropagation()
      return
    }
    if (event.defaultPrevented && !event.target.matches("[hx-post], [hx-get], [hx-put]")) return
    this.sent = true
    // A disabled button would not send its name and value: it is only said to be busy.
    event.submitter?.setAttribute("aria-busy", "true")
  }

  #free = () => {
    this.sent = false
    this.querySelectorAll('[aria-busy="true"]').forEach((button) => button.removeAttribute("aria-busy"))
  }
}

customElements.define("submit-once", SubmitOnce)
