// Draws the OpenAPI document with Swagger UI, in the theme of the page.

const dark = matchMedia("(prefers-color-scheme: dark)");

function colour() {
  const chosen = document.documentElement.dataset.theme;
  document.documentElement.classList.toggle("dark-mode", chosen ? chosen === "dark" : dark.matches);
}

dark.addEventListener("change", colour);
colour();

globalThis.SwaggerUIBundle({
  url: "/openapi.json",
  domNode: document.getElementById("docs"),
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  docExpansion: "list",
  syntaxHighlight: false,
  tryItOutEnabled: true,
  validatorUrl: null,
});
