/** base64url, as JSON carries bytes in both directions (WebAuthn, 5.1). */
const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0))
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")

function read(options) {
  const keys = (list) => list?.map((key) => ({ ...key, id: bytes(key.id) }))
  const read = { ...options, challenge: bytes(options.challenge) }
  if (options.user) read.user = { ...options.user, id: bytes(options.user.id) }
  if (options.allowCredentials) read.allowCredentials = keys(options.allowCredentials)
  if (options.excludeCredentials) read.excludeCredentials = keys(options.excludeCredentials)
  return read
}

function written(credential) {
  const response = {}
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[part]) response[part] = text(credential.response[part])
  }
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  }
}

/** Around a form: asks the device for a passkey when the form is sent, and sends its answer in `credential`. */
class PasskeyForm extends HTMLElement {
  connectedCallback() {
    this.hidden = !window.PublicKeyCredential
    this.addEventListener("submit", this.#ask)
  }

  disconnectedCallback() {
    this.removeEventListener("submit", this.#ask)
  }

  #ask = async (event) => {
    event.preventDefault()
    const form = event.target
    const error = this.querySelector("[role=alert]")
    error.hidden = true
    event.submitter?.setAttribute("aria-busy", "true")
    try {
      const options = await this.#options(form)
      const publicKey = read(options.publicKey)
      const credential = await navigator.credentials[this.dataset.purpose]({ publicKey })
      form.elements.credential.value = JSON.stringify(written(credential))
      form.submit()
    } catch {
      error.textContent = this.dataset.failed
      error.hidden = false
      event.submitter?.removeAttribute("aria-busy")
    }
  }

  async #options(form) {
    const given = this.querySelector("[name=passwordless]")
    if (this.dataset.options) return this.#wished(JSON.parse(this.dataset.options), given?.checked)
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } })
    if (!answer.ok) throw new Error(answer.statusText)
    return (await answer.json()).request_options
  }

  /** A passkey that is to let somebody in alone lives in the device and asks for its owner. */
  #wished(options, alone) {
    if (!alone) return options
    const selection = { ...options.publicKey.authenticatorSelection, residentKey: "required", requireResidentKey: true, userVerification: "required" }
    return { ...options, publicKey: { ...options.publicKey, authenticatorSelection: selection } }
  }
}

customElements.define("passkey-form", PasskeyForm)
