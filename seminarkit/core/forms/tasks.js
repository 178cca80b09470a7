// Says beside each task whether it is begun on this computer: the draft that its form keeps in the browser.
const opening = indexedDB.open("seminarkit", 1);
opening.onupgradeneeded = () => opening.transaction.abort(); // none was ever made: leave it so
opening.onsuccess = () => {
  const drafts = opening.result.transaction("drafts").objectStore("drafts");
  for (const place of document.querySelectorAll("[data-draft]")) {
    const asking = drafts.get(place.dataset.draft);
    asking.onsuccess = () => {
      const { saved_at: saved } = asking.result?.filled ?? {};
      if (!saved) return;
      const time = new Date(saved).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
      place.textContent = `Begun on this computer, last change ${time}.`;
    };
  }
};
