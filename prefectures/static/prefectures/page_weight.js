/* A page copied with its pictures weighs megabytes, of which nothing stays. By pattern: a parser of
   the browser's would complain of each style that the security policy refuses. */
window.withoutWeight = (html) =>
  html
    .replace(/<(style|script|svg|noscript)\b[\s\S]*?<\/\1>/gi, "")
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/<img\b[^>]*>/gi, "")
    .replace(/ (?:src|srcset|data-[\w-]+)=(?:"[^"]*"|'[^']*')/gi, "");
