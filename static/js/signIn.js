// The page to sign in at. It works without this, which only takes people on to where they were going.
const form = document.getElementById("signIn");
const IN = "?signed-in";

form.action += location.hash;

// A link on another site brings no cookie with it (SameSite=Strict), but this page does: who is signed in goes on.
if (location.search !== IN) {
  const answer = await fetch("/api/v1/info", { cache: "no-store" }).catch(() => null);
  if (answer?.ok) {
    location.replace(`/${IN}${location.hash}`);
  }
}
