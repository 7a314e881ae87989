/** A flash that can be dismissed. Confirmations leave by themselves after data-after seconds, if it is given. */
class FlashMessage extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this.#click)
    const seconds = Number(this.dataset.after)
    if (seconds) this.timer = setTimeout(() => this.remove(), seconds * 1000)
  }

  disconnectedCallback() {
    this.removeEventListener("click", this.#click)
    clearTimeout(this.timer)
  }

  #click = (event) => {
    if (event.target.closest("[data-dismiss]")) this.remove()
  }
}

customElements.define("flash-message", FlashMessage)
