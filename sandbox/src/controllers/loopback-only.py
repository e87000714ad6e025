"""Runs a program in a network namespace of its own, in which there is nothing but loopback.

Some programs listen on every interface and cannot be told otherwise. In a namespace of its own "every interface" is
its own loopback: nobody outside this machine can reach it, and it can reach nobody. Two kinds of doors are left open:
--reach PORT leads from 127.0.0.1:PORT inside to the same port outside, --expose INSIDE:OUTSIDE from 127.0.0.1:OUTSIDE
outside to 127.0.0.1:INSIDE inside. A connection through the latter waits until the program listens.

A socket belongs to the namespace in which it was made, whoever uses it. So each side listens, and hands the listening
socket to the other side, which accepts from it and connects where it is at home.
"""

import argparse
import asyncio
import contextlib
import ctypes
import fcntl
import os
import signal
import socket
import struct
import sys

CLONE_NEWUSER = 0x10000000
CLONE_NEWNET = 0x40000000
PR_SET_PDEATHSIG = 1
SIOCGIFFLAGS = 0x8913
SIOCSIFFLAGS = 0x8914
IFF_UP = 1

libc = ctypes.CDLL(None, use_errno=True)


def listen(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", port))
    listener.listen(128)
    return listener


def enter_namespace() -> None:
    """Only root may make a network namespace; anybody may in a user namespace, where the system allows those."""
    flags = CLONE_NEWNET if os.geteuid() == 0 else CLONE_NEWUSER | CLONE_NEWNET
    if libc.unshare(flags) != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"no network namespace can be made here: {os.strerror(number)}")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        request = fcntl.ioctl(any_socket, SIOCGIFFLAGS, struct.pack("16sh14x", b"lo", 0))
        (up,) = struct.unpack_from("h", request, 16)
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", up | IFF_UP))


def end_with_parent() -> None:
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    with contextlib.suppress(OSError, RuntimeError):
        writer.write_eof()


async def connect(port: int, patience: float):
    while True:
        try:
            return await asyncio.open_connection("127.0.0.1", port)
        except ConnectionError:
            patience -= 0.1
            if patience <= 0:
                raise
            await asyncio.sleep(0.1)


async def relay(listener: socket.socket, port: int, patience: float) -> asyncio.Server:
    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            onward_reader, onward_writer = await connect(port, patience)
            with contextlib.closing(onward_writer):
                await asyncio.gather(pump(reader, onward_writer), pump(onward_reader, writer))
        writer.close()

    return await asyncio.start_server(handle, sock=listener)


async def inside(exposed: list[tuple[socket.socket, int]], command: list[str]) -> int:
    servers = [await relay(listener, port, patience=30) for listener, port in exposed]
    program = await asyncio.create_subprocess_exec(*command, preexec_fn=end_with_parent)
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, program.terminate)
    code = await program.wait()
    for server in servers:
        server.close()
    return code if code >= 0 else 128 - code


async def outside(reached: list[tuple[socket.socket, int]], child: int) -> int:
    for listener, port in reached:
        await relay(listener, port, patience=0)
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, os.kill, child, signal.SIGTERM)
    _, status = await asyncio.to_thread(os.waitpid, child, 0)
    return os.waitstatus_to_exitcode(status)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reach", type=int, action="append", default=[], metavar="PORT")
    parser.add_argument("--expose", action="append", default=[], metavar="INSIDE:OUTSIDE")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    arguments = parser.parse_args()
    command = arguments.command[1:] if arguments.command[:1] == ["--"] else arguments.command

    doors = [tuple(map(int, pair.split(":"))) for pair in arguments.expose]
    exposed = [(listen(outer), inner) for inner, outer in doors]
    ours, theirs = socket.socketpair()
    child = os.fork()
    if child == 0:
        ours.close()
        end_with_parent()
        enter_namespace()
        listeners = [listen(port) for port in arguments.reach]
        socket.send_fds(theirs, [b"."], [listener.fileno() for listener in listeners])
        return asyncio.run(inside(exposed, command))
    theirs.close()
    for listener, _ in exposed:
        listener.close()
    message, descriptors, _, _ = socket.recv_fds(ours, 1, max(1, len(arguments.reach)))
    if message == b"":
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    reached = [(socket.socket(fileno=fd), port) for fd, port in zip(descriptors, arguments.reach)]
    return asyncio.run(outside(reached, child))


if __name__ == "__main__":
    sys.exit(main())
