"""Serves moto on 127.0.0.1 at a free port, for as long as somebody owns it.

The address is written to ADDRESS_FILE once requests are answered. The owner's process id stands in OWNER_FILE; a new
owner may take over by writing its own. When the owner has been gone for GRACE seconds, or the file is gone, the
server ends by itself: a sandbox killed without warning leaves no process behind.
"""

import argparse
import json
import os
import pathlib
import signal
import sys
import threading
import time

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from werkzeug.serving import make_server

sys.path.insert(0, str(pathlib.Path(__file__).parent / "model"))
from request_model import RequestModels  # noqa: E402


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def owned(owner_file: pathlib.Path) -> bool:
    try:
        return alive(int(owner_file.read_text()))
    except (FileNotFoundError, ValueError):
        return False


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--address-file", type=pathlib.Path, required=True)
    parser.add_argument("--owner-file", type=pathlib.Path, required=True)
    parser.add_argument("--grace", type=float, required=True, help="seconds without an owner before the server ends")
    arguments = parser.parse_args()

    application = RequestModels(DomainDispatcherApplication(create_backend_app))
    server = make_server("127.0.0.1", 0, application, threaded=True, request_handler=MotoRequestHandler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    # Ctrl-C reaches the whole foreground process group; the owner decides when moto ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    address = {"pid": os.getpid(), "port": server.server_address[1], "accountId": os.environ["MOTO_ACCOUNT_ID"]}
    unfinished = arguments.address_file.with_suffix(".unfinished")
    unfinished.write_text(json.dumps(address))
    unfinished.replace(arguments.address_file)

    last_owned = time.monotonic()
    while time.monotonic() - last_owned < arguments.grace:
        if owned(arguments.owner_file):
            last_owned = time.monotonic()
        time.sleep(1)
    arguments.address_file.unlink(missing_ok=True)


if __name__ == "__main__":
    main()
