import { announce } from "./announce.js"

/**
 * A flash that can be dismissed. Confirmations leave by themselves after data-after seconds, if it is given, but not under
 * somebody's hand. One that comes in later is read out, unless it is an alert: screen readers read those by themselves.
 */
class FlashMessage extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this.#click)
    this.#leaveLater()
    if (document.readyState === "complete" && !this.querySelector("[role=alert]")) announce(this.#words())
  }

  disconnectedCallback() {
    this.removeEventListener("click", this.#click)
    clearTimeout(this.timer)
  }

  #leaveLater() {
    const seconds = Number(this.dataset.after)
    if (seconds) this.timer = setTimeout(() => this.matches(":hover, :focus-within") ? this.#leaveLater() : this.remove(), seconds * 1000)
  }

  #words() {
    const lines = [...this.querySelectorAll("p")].filter((line) => line.checkVisibility?.() ?? true)
    return lines.map((line) => line.textContent).join(" ")
  }

  #click = (event) => {
    if (event.target.closest("[data-dismiss]")) this.remove()
  }
}

customElements.define("flash-message", FlashMessage)
