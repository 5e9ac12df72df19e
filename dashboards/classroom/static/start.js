// Leads to the room whose code is typed.
document.getElementById("start").addEventListener("submit", (event) => {
  event.preventDefault();
  location.assign("/join/" + encodeURIComponent(document.getElementById("code").value.trim()));
});
