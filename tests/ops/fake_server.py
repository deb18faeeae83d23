"""A server with faults on order: ``fake_server.py PORT FOLDER [BEHAVIOUR …]``. It writes its process id to FOLDER/pids.

dies        exits with code 3 before it listens
dies-twice  does so the first two times, by a count in FOLDER
mute        runs and never listens
deaf        listens, and answers /health once only
stubborn    ignores SIGTERM
parent      starts a child process that ignores SIGTERM, and writes its id to FOLDER/children
"""

import os
import signal
import subprocess
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

port, folder, behaviour = int(sys.argv[1]), Path(sys.argv[2]), set(sys.argv[3:])
with (folder / "pids").open("a") as pids:
    print(os.getpid(), file=pids)
print("fake server is starting", flush=True)

if "stubborn" in behaviour:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
if "parent" in behaviour:
    idle = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"
    (folder / "children").write_text(str(subprocess.Popen([sys.executable, "-S", "-c", idle]).pid))
starts = len((folder / "pids").read_text().split())
if "dies" in behaviour or ("dies-twice" in behaviour and starts <= 2):
    print("cannot go on: no such model")
    sys.exit(3)
if "mute" in behaviour:
    time.sleep(60)


class Handler(BaseHTTPRequestHandler):
    answered = 0

    def do_GET(self):
        Handler.answered += 1
        if "deaf" in behaviour and Handler.answered > 1:
            time.sleep(60)
        self.send_response(200)
        self.end_headers()


HTTPServer(("127.0.0.1", port), Handler).serve_forever()
