// Shows the schema. What is tried out as signed-in staff needs the CSRF token of the site's cookie.
"use strict";

const calls = document.getElementById("calls");

window.SwaggerUIBundle({
  url: calls.dataset.schema,
  domNode: calls,
  deepLinking: false,
  defaultModelsExpandDepth: 0,
  validatorUrl: null,
  requestInterceptor(request) {
    const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    if (token && new URL(request.url, location.href).origin === location.origin) {
      request.headers["X-CSRFToken"] = token[1];
    }
    return request;
  },
});
