// The camera of the gate page, as the element <sapar-scanner>. Loaded by that page alone.
//   attributes: paused (tell nothing; ="deciding": look at nothing either), sound="good-1" (a change plays), attempt="1" (a change starts anew), torch (light, please),
//               again="1" (a change forgets what was read: what is still held is read once more)
//   events:     saparcode (detail: the QR code's text), saparheld (detail: a code that was told and is still there; "" once it is
//               gone), saparstate (detail: asking | on | denied | absent | failed),
//               sapartorch (detail: "can" where the camera has a light, else nothing)
const READER = "/vendor/zxing/reader/index.js";
const EVERY = 110; // ms between two looks at the picture
const AWAY = 700; // ms without a code after which it is out of sight, and seen again counts as shown again
const BLURS = 3; // pictures that a code must be missing from, too: a slow phone does not lose it by one that is blurred
const HELD = 4000; // ms after which a code that stays is spoken of
const WIDTH = 800; // px of the longer side that the reader gets: enough for a QR code held at arm's length

const TONES = {
  good: { notes: [880], length: 0.12, shake: [60] },
  done: { notes: [660, 990], length: 0.1, shake: [40, 40, 40] },
  warn: { notes: [440, 440], length: 0.16, shake: [120, 80, 120] },
  bad: { notes: [220, 165], length: 0.22, shake: [350] },
};

let audio;

// Browsers let a page sound and shake only after a touch; before that they complain in the console.
function play(name) {
  const tone = TONES[name];
  if (!tone || !(navigator.userActivation?.hasBeenActive ?? true)) return;
  navigator.vibrate?.(tone.shake);
  const Audio = window.AudioContext ?? window.webkitAudioContext;
  if (!Audio) return;
  audio ??= new Audio();
  audio.resume?.();
  tone.notes.forEach((pitch, index) => {
    const start = audio.currentTime + index * (tone.length + 0.03);
    const note = audio.createOscillator();
    const volume = audio.createGain();
    note.frequency.value = pitch;
    volume.gain.setValueAtTime(0.2, start);
    volume.gain.exponentialRampToValueAtTime(0.001, start + tone.length);
    note.connect(volume).connect(audio.destination);
    note.start(start);
    note.stop(start + tone.length);
  });
}

// The browser's own reader where it has one, else the one that we serve.
async function makeReader() {
  if ("BarcodeDetector" in window) {
    try {
      const formats = await BarcodeDetector.getSupportedFormats();
      if (formats.includes("qr_code")) {
        const detector = new BarcodeDetector({ formats: ["qr_code"] });
        return async (video) => (await detector.detect(video)).map((code) => code.rawValue);
      }
    } catch {
      // Announced, but not there: some desktop browsers.
    }
  }
  const zxing = await import(READER);
  zxing.prepareZXingModule({
    overrides: { locateFile: (file, folder) => (file.endsWith(".wasm") ? new URL(file, new URL(READER, location.href)).href : folder + file) },
  });
  const canvas = document.createElement("canvas");
  const picture = canvas.getContext("2d", { willReadFrequently: true });
  return async (video) => {
    const scale = Math.min(1, WIDTH / Math.max(video.videoWidth, video.videoHeight));
    canvas.width = Math.round(video.videoWidth * scale);
    canvas.height = Math.round(video.videoHeight * scale);
    picture.drawImage(video, 0, 0, canvas.width, canvas.height);
    const pixels = picture.getImageData(0, 0, canvas.width, canvas.height);
    const found = await zxing.readBarcodes(pixels, { formats: ["QRCode"], maxNumberOfSymbols: 4 });
    return found.filter((code) => code.isValid).map((code) => code.text);
  };
}

let reader;

class Scanner extends HTMLElement {
  static observedAttributes = ["sound", "attempt", "torch", "again"];

  connectedCallback() {
    this.onVisible = () => {
      // Phones take the camera away from a page in the background.
      if (document.visibilityState === "visible" && this.stream && !this.stream.active) this.restart();
    };
    document.addEventListener("visibilitychange", this.onVisible);
    this.start();
  }

  disconnectedCallback() {
    document.removeEventListener("visibilitychange", this.onVisible);
    this.stop();
  }

  attributeChangedCallback(name, before, after) {
    if (name === "torch") return void this.light();
    if (!this.isConnected || before === null || before === after) return;
    if (name === "sound") play(after.split("-")[0]);
    if (name === "attempt") this.restart();
    if (name === "again") this.anew = true;
  }

  tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  // Where there is none, or it is taken, the picture stays as dark as it was.
  async light() {
    const [camera] = this.stream?.getVideoTracks() ?? [];
    if (camera?.getCapabilities?.().torch) await camera.applyConstraints({ advanced: [{ torch: this.hasAttribute("torch") }] }).catch(() => {});
  }

  restart() {
    this.stop();
    this.start();
  }

  stop() {
    this.run = undefined;
    clearTimeout(this.timer);
    this.stream?.getTracks().forEach((track) => track.stop());
    this.stream = undefined;
    this.lock?.release().catch(() => {});
    this.lock = undefined;
    this.replaceChildren();
  }

  async start() {
    // A later start, or a stop, makes this one give up at its next step.
    const run = (this.run = {});
    if (!navigator.mediaDevices?.getUserMedia) return this.tell("saparstate", "absent");
    this.tell("saparstate", "asking");
    try {
      const stream = await navigator.mediaDevices.getUserMedia({
        audio: false,
        video: { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 720 } },
      });
      if (this.run !== run) return stream.getTracks().forEach((track) => track.stop());
      this.stream = stream;
      const video = document.createElement("video");
      Object.assign(video, { muted: true, playsInline: true, srcObject: stream });
      this.replaceChildren(video);
      await video.play();
      reader ??= makeReader();
      const read = await reader;
      if (this.run !== run) return;
      this.tell("saparstate", "on");
      // Some phones know of their light only once the picture moves.
      this.tell("sapartorch", stream.getVideoTracks()[0]?.getCapabilities?.().torch ? "can" : "");
      if (this.hasAttribute("torch")) this.light();
      this.watch(run, video, read);
      navigator.wakeLock?.request("screen").then((lock) => (this.run === run ? (this.lock = lock) : lock.release())).catch(() => {});
    } catch (error) {
      if (this.run !== run) return;
      reader = undefined;
      this.stop();
      const words = { NotAllowedError: "denied", SecurityError: "denied", NotFoundError: "absent", OverconstrainedError: "absent" };
      this.tell("saparstate", words[error.name] ?? "failed");
    }
  }

  watch(run, video, read) {
    // Every code in sight, each told once as long as it stays: of two that are held together neither is told again and again.
    const shown = new Map();
    let last = "";
    let free = 0; // since when it may tell
    let held = "";
    const hold = (text) => {
      if (text !== held) this.tell("saparheld", (held = text));
    };
    const notice = (texts, now) => {
      for (const [text, code] of shown) {
        if (texts.includes(text)) Object.assign(code, { at: now, missed: 0 });
        else if ((code.missed += 1) >= BLURS && now - code.at >= AWAY) shown.delete(text);
      }
      for (const text of texts) if (text && !shown.has(text)) shown.set(text, { at: now, missed: 0, told: 0 });
      if (!shown.has(held)) hold("");
    };
    const say = (texts, now) => {
      const next = texts.find((text) => shown.get(text)?.told === 0);
      if (next) {
        shown.get(next).told = now;
        last = next;
        hold("");
        return this.tell("saparcode", next);
      }
      // Whoever holds what was told a while ago may be waiting for a word.
      if (shown.has(last) && texts.includes(last) && now - Math.max(shown.get(last).told, free) >= HELD) hold(last);
    };
    const look = async () => {
      if (this.run !== run) return;
      if (this.anew) {
        shown.clear();
        last = "";
        this.anew = false;
      }
      const now = performance.now();
      if (this.hasAttribute("paused")) free = now;
      // A finger that decides moves the phone: the ticket that was decided on has not gone away by that.
      if (this.getAttribute("paused") === "deciding") {
        if (shown.has(last)) Object.assign(shown.get(last), { at: now, missed: 0 });
      } else if (video.readyState >= 2 && document.visibilityState === "visible") {
        // A picture that cannot be read is like one without a code.
        const texts = await Promise.resolve(read(video)).catch(() => []);
        if (this.run === run && !this.anew) {
          // Also while it says nothing: a ticket that goes and another phone that comes with the same one are two showings.
          notice(texts, performance.now());
          if (!this.hasAttribute("paused")) say(texts, performance.now());
        }
      }
      if (this.run === run) this.timer = setTimeout(look, EVERY);
    };
    look();
  }
}

if (!customElements.get("sapar-scanner")) customElements.define("sapar-scanner", Scanner);
