#!/usr/bin/env python3
"""Holds a port of a reducer against a kit of vectors.

    run_kit.py [--time-limit SECONDS] [--show N] [--stop] KIT -- COMMAND [ARGUMENT ...]

KIT is what `lockstep kit` wrote; `-` is standard input. COMMAND starts the port. It is asked line by line, and answers
each line with one line, in JSON:

    {"config": ...}                               -> {"state": ..., "effects": [...]}
    {"config": ..., "state": ..., "event": ...}   -> {"kind": "took", "action": ..., "state": ..., "effects": [...]}
                                                  or {"kind": "refused", "action": ..., "because": ...}

The order of an object's fields is free, that of effects is not. Exit code 0: every answer is as it should be; 3: one is
not, or the port gave none; 4: nothing was compared; 64: the command line or the kit makes no sense; 130: interrupted.
"""

import argparse
import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time

MISMATCH, NOTHING_COMPARED, BAD_INPUT, INTERRUPTED = 3, 4, 64, 130
FORMAT, VERSION = "lockstep-kit", 1
VALUES = ("config", "event", "state")
VECTORS = ("initial", "step")
LONGEST_ANSWER = 1 << 20
QUESTIONS_AHEAD = 100
DIFFERENCES_SHOWN = 10


class Failure(Exception):
    """One sentence, and the exit code that goes with it."""

    def __init__(self, sentence, code):
        super().__init__(sentence)
        self.code = code


# ---------------------------------------------------------------------------------------------------------------------
# The kit


def read_kit(path):
    """The header, and the vectors: each its line, its kind, its question, and the answer to it."""
    try:
        with sys.stdin.buffer if path == "-" else open(path, "rb") as file:
            lines = file.read().decode("utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise Failure(f"{path} cannot be read: {error}.", BAD_INPUT) from None
    try:
        return understood([parsed(line) for line in lines[:-1]], complete=lines[-1] == "")
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as error:
        words = error if isinstance(error, ValueError) else f"{type(error).__name__} {error}"
        raise Failure(f"{path} is no kit: {words}.", BAD_INPUT) from None


def parsed(text):
    def refuse(word):
        raise ValueError(f"{word} is not JSON")

    return json.loads(text, parse_constant=refuse)


def understood(lines, complete):
    header = lines[0] if lines else {}
    if header.get("format") != FORMAT:
        raise ValueError(f"it does not begin with a header of {FORMAT}")
    if header["version"] != VERSION:
        raise ValueError(f"it has version {header['version']}, and this program reads version {VERSION}")
    values = {kind: [] for kind in VALUES}
    vectors = []
    for number, line in enumerate(lines[1:], start=2):
        kind = line["kind"]
        if kind in VALUES:
            if line["id"] != len(values[kind]):
                raise ValueError(f"line {number} is number {line['id']} and not {len(values[kind])} of its kind")
            values[kind].append(line[kind])
        elif kind in VECTORS:
            question = {name: told(values, name, line[name]) for name in VALUES if name in line}
            answer = dict(line["outcome"])
            if "state" in answer:
                answer["state"] = told(values, "state", answer["state"])
            vectors.append((number, name_of(kind, answer), question, answer))
        else:
            raise ValueError(f"line {number} is of kind {kind}")
    if not complete or len(lines) - 1 != sum(header["lines"].values()):
        raise ValueError("it is not complete")
    return header, vectors


def told(values, kind, number):
    """The value that an earlier line told under this number."""
    if type(number) is not int or not 0 <= number < len(values[kind]):
        raise ValueError(f"no earlier line tells the {kind} of number {number}")
    return values[kind][number]


def name_of(kind, answer):
    if kind == "initial":
        return "initial"
    if answer["kind"] == "took":
        return f"{answer['action']} taken"
    return f"{answer['action']} refused because of {answer['because']}"


# ---------------------------------------------------------------------------------------------------------------------
# The port


class Port:
    """
    A process that answers one line with one line. Threads of their own write and read, so that the time limit holds
    whatever the process does.
    """

    def __init__(self, command, time_limit):
        self.time_limit = time_limit
        try:
            # In a session of its own, so that whatever it starts can be ended with it.
            self.process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
            )
        except (OSError, ValueError) as error:
            raise Failure(f"{command[0]} cannot be started: {error}.", BAD_INPUT) from None
        self.received = b""
        self.questions = queue.Queue()
        self.chunks = queue.Queue(maxsize=16)
        for work in (self._write, self._read):
            threading.Thread(target=work, daemon=True).start()

    def _write(self):
        # A process that is gone is told by the end of what it says.
        with contextlib.suppress(OSError):
            while (question := self.questions.get()) is not None:
                self.process.stdin.write(question)
                self.process.stdin.flush()
            self.process.stdin.close()

    def _read(self):
        chunk = b"?"
        while chunk:
            chunk = os.read(self.process.stdout.fileno(), 65536)
            self.chunks.put(chunk)

    def answers(self, questions):
        """The answers in order. Some questions are sent ahead, since a line each way takes longer than the answer."""
        waiting = 0
        for question in questions:
            self.questions.put(json.dumps(question).encode() + b"\n")
            waiting += 1
            if waiting > QUESTIONS_AHEAD:
                yield self._answer()
                waiting -= 1
        for _ in range(waiting):
            yield self._answer()
        # There are no more questions, so a port ends; what it says before it does was not asked.
        self.questions.put(None)
        with contextlib.suppress(queue.Empty):
            self.received = self.received or self.chunks.get(timeout=min(1.0, self.time_limit))
        if self.received:
            raise Failure("the port said more than it was asked", MISMATCH)

    def _answer(self):
        deadline = time.monotonic() + self.time_limit
        while b"\n" not in self.received:
            if len(self.received) > LONGEST_ANSWER:
                raise Failure(f"the port gave an answer of more than {LONGEST_ANSWER} bytes", MISMATCH)
            try:
                chunk = self.chunks.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                raise Failure(f"the port gave no answer within {self.time_limit:g} s", MISMATCH) from None
            if not chunk:
                raise Failure("the port ended without an answer", MISMATCH)
            self.received += chunk
        line, self.received = self.received.split(b"\n", 1)
        try:
            return parsed(line.decode("utf-8"))
        except (ValueError, RecursionError):
            raise Failure(f"the port gave an answer that is not JSON: {repr(line[:60])[1:]}", MISMATCH) from None

    def close(self):
        with contextlib.suppress(OSError):
            if os.name == "posix":
                os.killpg(self.process.pid, signal.SIGKILL)
            else:
                self.process.kill()
        self.process.wait()


# ---------------------------------------------------------------------------------------------------------------------
# The comparison


def differences(expected, got, at=""):
    """Where two JSON values differ, one line each. A boolean is no number, as it is for Python."""
    if isinstance(expected, dict) and isinstance(got, dict):
        found = []
        for key in sorted({*expected, *got}):
            place = f"{at}.{key}" if at else key
            if key not in got:
                found.append(f"{place}: expected {short(expected[key])}, got nothing")
            elif key not in expected:
                found.append(f"{place}: expected nothing, got {short(got[key])}")
            else:
                found.extend(differences(expected[key], got[key], place))
        return found
    if isinstance(expected, list) and isinstance(got, list):
        found = []
        for index in range(max(len(expected), len(got))):
            place = f"{at}[{index}]"
            if index >= len(got):
                found.append(f"{place}: expected {short(expected[index])}, got nothing")
            elif index >= len(expected):
                found.append(f"{place}: expected nothing, got {short(got[index])}")
            else:
                found.extend(differences(expected[index], got[index], place))
        return found
    same = isinstance(expected, bool) == isinstance(got, bool) and expected == got
    return [] if same else [f"{at or 'answer'}: expected {short(expected)}, got {short(got)}"]


def short(value):
    text = json.dumps(value)
    return text if len(text) <= 100 else f"{text[:97]}..."


def compare(vectors, port, show, stop):
    """Asks everything; counts, for each kind of answer, how often it was asked and how often the port was wrong."""
    counts = {}
    wrong = 0
    began = told = time.monotonic()
    answers = port.answers(question for _, _, question, _ in vectors)
    for at, (number, name, question, expected) in enumerate(vectors):
        try:
            found = differences(expected, next(answers))
        except Failure as failure:
            raise Failure(f"{failure} (line {number}, {name}; {at} answers compared)", failure.code) from None
        asked, missed = counts.get(name, (0, 0))
        counts[name] = (asked + 1, missed + (1 if found else 0))
        wrong += 1 if found else 0
        if found and wrong <= show:
            print(f"{wrong}. line {number}: {name}")
            for part, value in question.items():
                print(f"   {part}: {json.dumps(value)}")
            for difference in found[:DIFFERENCES_SHOWN]:
                print(f"   {difference}")
        if stop and wrong >= show:
            return counts, wrong
        now = time.monotonic()
        if now - told >= 1:
            told = now
            rate = (at + 1) / (now - began)
            print(f"{at + 1} of {len(vectors)} answers, {wrong} wrong, {rate:.0f}/s", file=sys.stderr)
    # Past the last answer there is nothing but what nobody asked for.
    next(answers, None)
    return counts, wrong


def report(header, counts, wrong, vectors):
    for name in sorted(counts):
        asked, missed = counts[name]
        print(f"  {name}: {asked} compared" + (f", {missed} wrong" if missed else ""))
    compared = sum(asked for asked, _ in counts.values())
    passed = wrong == 0 and compared > 0
    verdict = "PASS" if passed else "FAIL"
    print(f"{verdict} {header['protocol']}: {compared} of {vectors} answers compared, {wrong} wrong")
    return 0 if passed else MISMATCH if wrong else NOTHING_COMPARED


# ---------------------------------------------------------------------------------------------------------------------
# The command line


class Arguments(argparse.ArgumentParser):
    def error(self, message):
        raise Failure(f"{message}; see --help.", BAD_INPUT)


def arguments(given):
    at = given.index("--") if "--" in given else len(given)
    parser = Arguments(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kit", metavar="KIT")
    parser.add_argument("--time-limit", type=float, default=10.0, metavar="SECONDS", help="for each answer")
    parser.add_argument("--show", type=int, default=5, metavar="N", help="how many differences are shown")
    parser.add_argument("--stop", action="store_true", help="end once so many differences were shown")
    read = parser.parse_args(given[:at])
    if read.show < 1:
        parser.error("--show must be at least 1")
    if not 0 < read.time_limit < threading.TIMEOUT_MAX:
        parser.error("--time-limit must be a positive number of seconds")
    if given[at + 1 :] == []:
        parser.error("the command that starts the port must stand after --")
    return read, given[at + 1 :]


def main(given):
    try:
        read, command = arguments(given)
        header, vectors = read_kit(read.kit)
        port = Port(command, read.time_limit)
        try:
            counts, wrong = compare(vectors, port, read.show, read.stop)
        finally:
            port.close()
        return report(header, counts, wrong, len(vectors))
    except Failure as failure:
        if failure.code == MISMATCH:
            print(f"FAIL {failure}.")
        else:
            print(failure, file=sys.stderr)
        return failure.code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read the report is gone; nothing more can be said, not even by the interpreter as it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BAD_INPUT


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
