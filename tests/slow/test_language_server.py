"""The schemas in the YAML language server that editors use; skipped where it is not installed.

npm install --global yaml-language-server
"""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest

from simulator.language.schema import schema_of
from simulator.scenario.shapes import Scenario
from tests.support import ROOT

SERVER = shutil.which("yaml-language-server")
pytestmark = [pytest.mark.slow, pytest.mark.skipif(SERVER is None, reason="yaml-language-server is not installed")]
SMALL = (ROOT / "tests/corpus/sound/small-scenario.yaml").read_text(encoding="utf-8")


class Server:
    """The server over a pipe, asked one thing at a time."""

    def __init__(self, folder):
        self._process = subprocess.Popen([SERVER, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder)
        self._folder, self._last, self._opened, self.told = folder, 0, 0, {}
        self.ask("initialize", processId=None, rootUri=folder.as_uri(), capabilities={})
        self._send("initialized", {})
        # no schema but the one the file names: the server would otherwise ask a catalogue on the network
        settings = {"yaml": {"hover": True, "completion": True, "validate": True, "schemaStore": {"enable": False}}}
        self._send("workspace/didChangeConfiguration", {"settings": settings})

    def open(self, text: str) -> str:
        """Show the server a file; its address."""
        self._opened += 1
        uri = (self._folder / f"x{self._opened}.yaml").as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._send("textDocument/didOpen", {"textDocument": document})
        return uri

    def problems(self, uri: str) -> list[str]:
        while uri not in self.told:
            self._hear()
        return self.told[uri]

    def at(self, method: str, uri: str, text: str, mark: str):
        """Ask about the place right after the first character of `mark`."""
        before = text[: text.index(mark) + 1]
        place = {"line": before.count("\n"), "character": len(before.split("\n")[-1])}
        return self.ask(method, textDocument={"uri": uri}, position=place)

    def ask(self, method: str, **parameters):
        self._last += 1
        number = self._last
        self._send(method, parameters, number)
        while True:
            heard = self._hear()
            if heard.get("id") == number and "method" not in heard:
                return heard["result"]

    def _send(self, method, parameters, number=None):
        message = {"jsonrpc": "2.0", "method": method, "params": parameters}
        self._write(message if number is None else {**message, "id": number})

    def _write(self, message):
        data = json.dumps(message).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
        self._process.stdin.flush()

    def _hear(self):
        length = 0
        while (line := self._process.stdout.readline().strip()) or not length:
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        heard = json.loads(self._process.stdout.read(length))
        if heard.get("method") == "textDocument/publishDiagnostics":
            self.told[heard["params"]["uri"]] = [one["message"] for one in heard["params"]["diagnostics"]]
        elif "method" in heard and "id" in heard:  # what it asks of an editor, such as its settings
            wanted = heard["params"].get("items", []) if isinstance(heard.get("params"), dict) else []
            self._write({"jsonrpc": "2.0", "id": heard["id"], "result": [{} for _ in wanted] or None})
        return heard

    def close(self):
        self._process.kill()
        self._process.communicate()


@pytest.fixture
def server(tmp_path):
    made = json.dumps(schema_of(Scenario, "A Bedside scenario"))
    (tmp_path / "scenario.schema.json").write_text(made, encoding="utf-8")
    found = Server(tmp_path)
    yield found
    found.close()


def headed(text: str) -> str:
    return f"# yaml-language-server: $schema=scenario.schema.json\n{text}"


def test_an_editor_underlines_completes_and_explains(server):
    assert server.problems(server.open(headed(SMALL))) == []
    wrong = headed(SMALL.replace("because:", "becuase:").replace("listening: 1}\n", "listening: 3}\n"))
    said = " ".join(server.problems(server.open(wrong)))
    assert "becuase" in said and "maximum" in said

    text = headed(SMALL)
    explained = server.at("textDocument/hover", server.open(text), text, "because: She")
    assert "The reason for the scores." in json.dumps(explained)

    text = headed(SMALL.replace("because: She was waiting.", "te"))
    offered = server.at("textDocument/completion", server.open(text), text, "te\n")
    labels = {one["label"] for one in offered["items"]}
    assert {"tempts", "tells"} <= labels

    text = headed(SMALL.replace("level: introductory", "level: "))
    words = server.at("textDocument/completion", server.open(text), text, " \nminutes")
    assert {"introductory", "intermediate", "advanced"} <= {one["label"] for one in words["items"]}


def test_a_shipped_scenario_has_no_line_underlined(server):
    for path in sorted((ROOT / "scenarios").glob("*.yaml")):
        assert server.problems(server.open(headed(path.read_text(encoding="utf-8")))) == []
