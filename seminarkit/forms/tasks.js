// Says beside each task whether it is begun on this computer: the draft that its form keeps in the browser.
const opening = indexedDB.open("seminarkit", 1);
opening.onupgradeneeded = () => opening.transaction.abort(); // none was ever made: leave it so
opening.onsuccess = () => {
  const drafts = opening.result.transaction("drafts").objectStore("drafts");
  for (const place of document.querySelectorAll("[data-draft]")) {
    const asking = drafts.get(place.dataset.draft);
    asking.onsuccess = () => {
      if (!asking.result?.saved_at) return;
      const time = new Date(asking.result.saved_at).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
      place.textContent = `Begun on this computer, last change ${time}.`;
    };
  }
};
