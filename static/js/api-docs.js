// Starts the API viewer on <div id="swagger"></div>. A file of its own because the content policy allows no inline script.
window.addEventListener("DOMContentLoaded", () => {
  window.SwaggerUIBundle({
    dom_id: "#swagger",
    url: "/api/openapi.json",
    deepLinking: true,
    docExpansion: "list",
    defaultModelsExpandDepth: 0,
    tryItOutEnabled: false,
    validatorUrl: null, // no badge from a foreign server
    presets: [window.SwaggerUIBundle.presets.apis],
    layout: "BaseLayout",
  });
});
