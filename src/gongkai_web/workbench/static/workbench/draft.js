// Keeps a draft while it is written: a few seconds after the last key it goes to the server, which says in words when it could not be
// kept. Nothing typed is ever taken off the page. Without this script the button saves.
(function () {
  "use strict";
  var form = document.getElementById("draft");
  if (!form) { return; }
  var said = document.getElementById("saved");
  var address = form.getAttribute("data-autosave");
  var waiting = null;
  var sending = false;
  var changed = false;
  var stopped = !address;
  var submitting = false;

  function say(words, grave) {
    said.textContent = words;
    said.classList.toggle("grave", Boolean(grave));
  }

  function later(pause) {
    clearTimeout(waiting);
    waiting = setTimeout(send, pause || 3000);
  }

  // The token of a form changes when somebody signs in again in another window; the page's own address has the new one.
  function renewed() {
    return fetch(window.location.pathname, { credentials: "same-origin", redirect: "manual" })
      .then(function (answer) { return answer.ok ? answer.text() : Promise.reject(new Error("shut")); })
      .then(function (page) {
        var found = new DOMParser().parseFromString(page, "text/html").querySelector("#draft [name=csrfmiddlewaretoken]");
        if (!found) { throw new Error("shut"); }
        form.elements.csrfmiddlewaretoken.value = found.value;
      });
  }

  function send(again) {
    if (sending || stopped || submitting || !changed) { return; }
    sending = true;
    changed = false;
    say("正在自动保存…");
    fetch(address, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      headers: { "X-Requested-With": "fetch" },
      credentials: "same-origin"
    }).then(function (answer) {
      if (answer.redirected) {
        changed = true;
        say("登录已经结束，没有自动保存。内容还在页面上：请在新窗口登录，回到这里会继续保存。", true);
        return null;
      }
      if ((answer.headers.get("Content-Type") || "").indexOf("json") < 0) {
        changed = true;
        if (answer.status === 403 && again !== true) {
          return renewed().then(function () { sending = false; send(true); }, function () {
            say("登录已经结束，没有自动保存。内容还在页面上：请在新窗口登录，回到这里会继续保存。", true);
          });
        }
        say("没有自动保存成功，稍后再试。内容还在页面上。", true);
        return null;
      }
      return answer.json().then(function (told) {
        if (answer.ok) {
          form.elements.revision.value = told.revision;
          say("已于 " + told.saved + " 自动保存");
        } else if (answer.status === 422) {
          say("还没有自动保存：" + told.why, true);
        } else {
          stopped = true;
          say(told.why, true);
        }
      });
    }).catch(function () {
      changed = true;
      say("连不上服务器，没有自动保存。内容还在页面上，网络恢复后会再试。", true);
    }).then(function () {
      sending = false;
      if (changed && !stopped) { later(10000); }
    });
  }

  form.addEventListener("input", function () {
    changed = true;
    if (!stopped) { later(); }
  });
  // What is not kept yet is sent only once it is known that somebody is still signed in: a sign-in page in between would lose it.
  form.addEventListener("submit", function (event) {
    if (changed && !submitting && form.requestSubmit) {
      var pressed = event.submitter;
      event.preventDefault();
      renewed().then(function () {
        submitting = true;
        form.requestSubmit(pressed || undefined);
      }, function () {
        say("登录已经结束或者连不上服务器，还没有保存。内容还在页面上：请在新窗口登录，回到这里再保存一次。", true);
      });
    }
    if (!event.defaultPrevented) { submitting = true; }
    clearTimeout(waiting);
  });
  window.addEventListener("pageshow", function () { submitting = false; });
  window.addEventListener("beforeunload", function (event) {
    if (changed && !submitting) { event.preventDefault(); event.returnValue = ""; }
  });

  // Pictures that were uploaded for the text are put where the cursor is.
  document.querySelectorAll("[data-picture]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      form.elements.html.dispatchEvent(new CustomEvent("rich:picture", {
        detail: { src: button.getAttribute("data-picture"), alt: button.getAttribute("data-alt") }
      }));
    });
  });
})();
