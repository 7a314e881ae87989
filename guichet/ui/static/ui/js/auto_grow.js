/** Lets a textarea grow with its text where CSS field-sizing cannot. */
class AutoGrow extends HTMLElement {
  connectedCallback() {
    if (CSS.supports("field-sizing", "content")) return
    this.field = this.querySelector("textarea")
    this.field?.addEventListener("input", this.#fit)
    this.#fit()
  }

  disconnectedCallback() {
    this.field?.removeEventListener("input", this.#fit)
  }

  #fit = () => {
    if (!this.field) return
    this.field.style.blockSize = "auto"
    this.field.style.blockSize = `${this.field.scrollHeight + 2}px`
  }
}

customElements.define("auto-grow", AutoGrow)
