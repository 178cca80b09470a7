// The way to the organisers' server, for a page that stands on one. It stands behind page.js in the same inline module.
// Drafts go there at every change, soon after the hand rests; what the line swallowed goes again when it is back.

line = (() => {
  const told = JSON.parse(document.getElementById("line").textContent), here = Math.random().toString(36).slice(2);
  const REST = 800, AGAIN = [2000, 5000, 10000, 20000];
  let waiting = null, sending = false, failed = 0, timer = 0, stopped = "", draftAt = "", { submitted } = told;

  const post = (place, filled) => {
    const body = JSON.stringify({ window: here, filled });
    // what is on its way when the page closes arrives all the same, if it is small enough for that
    const keepalive = new Blob([body]).size < 60000;
    return fetch(place, { method: "POST", headers: { "Content-Type": "application/json" }, body, keepalive, signal: AbortSignal.timeout(30000) });
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
    return submitted === receipt(view.filled) ? `${draft} Submitted, with receipt ${submitted}.`
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
        else view.tell();
      } else {
        if (response.status === 403 || response.status === 404) stopped = answer.error;
        view.say(answer.error);
      }
    } catch {
      waiting ??= filled;
      failed += 1;
      if (!before) view.tell();
    }
    sending = false;
    if (waiting) timer = setTimeout(send, failed ? AGAIN[Math.min(failed, AGAIN.length) - 1] : REST);
  }

  const differs = (other) => view.say("This form is open in another window or on another computer too, and was changed there.",
    button("Show the words from there", () => view.load(other)),
    button("Keep the words from here", () => view.load({ ...view.filled, rev: Math.max(view.filled.rev, other.rev) + 1 })));

  async function submit() {
    const filled = view.filled;
    view.say("Submitting …");
    let response, answer;
    try {
      response = await post("submit", filled);
      answer = await response.json();
    } catch {
      return view.say("The line is down: nothing was submitted. Press Submit again when the line is back, or save your file and send it.");
    }
    if (!response.ok) return view.say(`Not submitted. ${answer.error}`);
    submitted = answer.receipt;
    if (waiting === filled) { waiting = null; draftAt = clock(); }
    remember(filled);
    view.say(`Submitted at ${clock()}, with receipt ${submitted}. ${answer.words}`);
  }

  // What this computer holds and the server does not: sent if it is newer, shown on demand if it is not.
  function opened(draft) {
    if (view.filled.rev > told.kept) keep(view.filled);
    else if (draft && draft !== view.filled && receipt(draft) !== receipt(view.filled) && !known(draft))
      view.say("This computer holds other words for this form, which never came to the server.",
        button("Show the words of this computer", () => view.load({ ...draft, rev: view.filled.rev + 1 })));
    else if (submitted && submitted === receipt(view.filled)) view.say(`Your answers are here as you submitted them, with receipt ${submitted}.`);
  }

  const hurry = () => { failed = failed && 1; send(); };
  addEventListener("online", hurry);
  addEventListener("pagehide", hurry);
  document.addEventListener("visibilitychange", () => document.hidden && hurry());
  return { keep, kept, submit, opened };
})();
