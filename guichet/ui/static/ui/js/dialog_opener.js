/** Around a link or a button with data-opens="ID": shows that dialog instead. Without script the link leads to a page. */
class DialogOpener extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this.#open)
  }

  disconnectedCallback() {
    this.removeEventListener("click", this.#open)
  }

  #open = (event) => {
    const dialog = document.getElementById(event.target.closest("[data-opens]")?.dataset.opens)
    if (!dialog) return
    event.preventDefault()
    dialog.showModal()
  }
}

customElements.define("dialog-opener", DialogOpener)
