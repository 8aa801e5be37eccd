"""A tab of a real Chromium, by its DevTools protocol."""

import atexit
import itertools
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import urllib.request

from rig import WebSocket

NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"]
QUIET = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


class Tab:
    """An empty page in a browser of its own, without a window."""

    def __init__(self, width, height):
        self.profile = tempfile.mkdtemp(prefix="echorack-bench-")
        self.process = subprocess.Popen(
            [found(), *QUIET, f"--user-data-dir={self.profile}", f"--window-size={width},{height}", "--remote-debugging-port=0", "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        atexit.register(self.end)
        told = (re.search(r"DevTools listening on ws://[^:]+:(\d+)/", line) for line in self.process.stderr)
        port = next(int(link.group(1)) for link in told if link)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/json/list") as answer:
            page = next(target for target in json.load(answer) if target["type"] == "page")
        self.line = WebSocket(port, "/devtools/page/" + page["id"])
        self.frames = self.line.frames()
        self.numbers = itertools.count(1)

    def call(self, method, **params):
        number = next(self.numbers)
        self.line.send(json.dumps({"id": number, "method": method, "params": params}).encode())
        answer = next(said for said in map(json.loads, self.frames) if said.get("id") == number)
        if "error" in answer:
            raise SystemExit(f"{method}: {answer['error']['message']}")
        return answer["result"]

    def ask(self, script):
        """What an expression of JavaScript comes to, its promise awaited."""
        found = self.call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in found:
            raise SystemExit(f"{script}: {found['exceptionDetails']}")
        return found["result"].get("value")

    def version(self):
        return self.call("Browser.getVersion")["product"]

    def end(self):
        atexit.unregister(self.end)
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait()
        shutil.rmtree(self.profile, ignore_errors=True)


def found():
    for name in filter(None, [os.environ.get("CHROMIUM"), *NAMES]):
        program = shutil.which(name)
        if program:
            return program
    raise SystemExit("There is no Chromium here; CHROMIUM can name one.")
