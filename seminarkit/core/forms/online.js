// The way to the organisers' server, for a page or a widget that stands on one. It stands behind form.js in the same module.
// Drafts go there at every change, soon after the hand rests; what the line swallowed goes again when it is back.

// `told` is what the server knows: `kept`, `submitted`, and `place`, its own address from here. `shown` returns the form's view.
function lineToServer(told, shown) {
  const here = Math.random().toString(36).slice(2);
  const REST = 800, AGAIN = [2000, 5000, 10000, 20000];
  let waiting = null, sending = false, failed = 0, timer = 0, stopped = "", draftAt = "", { submitted } = told;

  const post = (what, filled) => {
    const body = JSON.stringify({ window: here, filled });
    // what is on its way when the page closes arrives all the same, if it is small enough for that
    const keepalive = new Blob([body]).size < 60000;
    return fetch(told.place + what, { method: "POST", headers: { "Content-Type": "application/json" }, body, keepalive, signal: AbortSignal.timeout(30000) });
  };
  const remember = (filled) => { try { localStorage.setItem(`sent:${filled.instance}`, receipt(filled)); } catch { /* the server knows */ } };
  const known = (filled) => { try { return localStorage.getItem(`sent:${filled.instance}`) === receipt(filled); } catch { return false; } };

  function kept(time) {
    const place = `Kept on this computer at ${time}`;
    if (stopped) return `${place}. ${stopped}`;
    if (failed) return `${place}. The line is down: your words are sent when it is back.`;
    const draft = draftAt ? `${place}, as a draft on the server at ${draftAt}.`
      : waiting || sending ? `${place}, on its way to the server.` : `${place}.`;
    if (!submitted) return `${draft} Not submitted yet.`;
    return submitted === receipt(shown().filled) ? `${draft} Submitted, with receipt ${submitted}.`
      : `${draft} Changed since it was submitted with receipt ${submitted}: press Submit again.`;
  }

  function keep(filled) {
    waiting = filled;
    draftAt = "";
    if (!sending && !failed) { clearTimeout(timer); timer = setTimeout(send, REST); }
  }

  async function send() {
    clearTimeout(timer);
    if (sending || stopped || !waiting) return;
    const filled = waiting, before = failed;
    sending = true;
    waiting = null;
    try {
      const response = await post("save", filled), answer = await response.json();
      if (response.status === 429 || response.status >= 500) throw new Error(answer.error);
      failed = 0;
      if (response.ok) {
        remember(filled);
        if (!waiting) draftAt = clock();
        if (answer.other) differs(answer.other);
        else shown().tell();
      } else {
        if (response.status === 403 || response.status === 404) stopped = answer.error;
        shown().say(answer.error);
      }
    } catch {
      waiting ??= filled;
      failed += 1;
      if (!before) shown().tell();
    }
    sending = false;
    if (waiting) timer = setTimeout(send, failed ? AGAIN[Math.min(failed, AGAIN.length) - 1] : REST);
  }

  const differs = (other) => shown().choose("This form is open in another window or on another computer too, and was changed there.", "the other window", other);

  async function submit() {
    const filled = shown().filled;
    shown().say("Submitting …");
    let response, answer;
    try {
      response = await post("submit", filled);
      answer = await response.json();
    } catch {
      return shown().say("The line is down, so it is not known whether your answers were submitted. They are kept here. Press Submit again when the line is back, or save your file and send it.");
    }
    if (!response.ok) return shown().say(`Not submitted. ${answer.error}`);
    submitted = answer.receipt;
    shown().sent(filled, "submitted");
    if (waiting === filled) { waiting = null; draftAt = clock(); }
    remember(filled);
    shown().say(`Submitted at ${clock()}, with receipt ${submitted}. ${answer.words}`);
  }

  // What this computer holds and the server does not: sent if it is newer, shown on demand if it is not.
  function opened({ filled, other, isDraft }) {
    const isSubmitted = submitted && submitted === receipt(filled);
    if (isSubmitted) shown().sent(filled, "submitted");
    if (versionId(filled) !== told.kept && !isBlank(filled.answers)) keep(filled);
    else if (!isDraft && other && !isBlank(other.answers) && differ(other, filled) && !descends(filled, other) && !known(other))
      shown().choose("This computer holds other answers to this form, which never came to the server.", "this computer", other);
    else if (isSubmitted) shown().say(`Your answers are here as you submitted them, with receipt ${submitted}.`);
  }

  const hurry = () => { failed = failed && 1; send(); };
  addEventListener("online", hurry);
  addEventListener("pagehide", hurry);
  document.addEventListener("visibilitychange", () => document.hidden && hurry());
  return { keep, kept, submit, opened };
}
