#!/usr/bin/env python3
"""Check a muster incident log with Python alone.

usage: python3 verify.py LOG [HEAD ...]

LOG is an incident's log.jsonl or a copy of it, or a proof that muster prove wrote, which
shows one entry and that it stands in a log with that HEAD. A HEAD is what a person outside was
told of the log at some time: the short code, or the whole hash.

integrity     each line is spelt as muster writes it, follows from the line before,
              and has the hash of everything in it that is not withheld
completeness  up to which entry a HEAD vouches; the log alone cannot show that its
              end was cut off
evidence      the files in the folder "evidence" beside LOG are those of the entries

What the lines must look like, the package comment of muster's state/line says. What
the data of each kind of entry must hold is not checked here, nor what it says: only
that it is what was written. Exit: 0 if nothing is wrong, 1 if something is, 2 if this
was called wrongly.
"""
import base64
import datetime
import hashlib
import json
import os
import re
import stat
import sys

VERSION = 2                                         # of the format
MAX_LINE, MAX_RUNBOOK_LINE = 60 << 10, 8 << 20      # bytes, without the newline
OPENS = "incident.opened"                           # the kind of the first entry
LONG = {"incident.opened", "runbook.attached"}      # kinds that carry a runbook
PARTS = (b"names", b"notes", b"evidence", b"runbook")
FILES = {"evidence.added", "inject.delivered", "log.stamped"}      # kinds that record files

HASH = rb"([0-9a-f]{64})"
TIME = rb"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}"
BEGIN = re.compile(rb'\{"e":\{"v":([1-9][0-9]{0,15}),')
ENVELOPE = re.compile(
    rb'\{"e":(\{"v":[12],"seq":([1-9][0-9]{0,15}),"prev":"' + HASH + rb'","recorded":"('
    + TIME + rb'\.[0-9]{9}Z)","mode":"(live|drill)","kind":"([a-z._-]{1,40})","c":"'
    + HASH + rb'"\}),"d":')
# A text has the escapes that jq writes, and no others.
TEXT = re.compile(rb'"(?:[^"\\\x00-\x1f\x7f]|\\["\\bfnrt]|\\u00(?:0[0-7bef]|1[0-9a-f]|7f))*"')
KEY = re.compile(rb'"([ !#-@\[\]-~]*)":')           # plain, without capital letters
NUMBER = re.compile(rb"-?(?:0|[1-9][0-9]*)")
OCCURRED = re.compile(rb'"(' + TIME + rb')(\.[0-9]{0,8}[1-9])?Z"')
SALT = re.compile(rb'"[A-Za-z0-9_-]{21}[AQgw]"')    # 128 bits of base64url


class Bad(Exception):
    """What is wrong with a line."""


class Entry:
    """What of an entry is of use here."""


class Line:
    """A line that is read from its beginning to its end."""

    def __init__(self, text):
        self.text, self.at = text, 0

    def has(self, text):
        """Pass over text, if it comes next."""
        if not self.text.startswith(text, self.at):
            return False
        self.at += len(text)
        return True

    def want(self, text):
        if not self.has(text):
            raise Bad("%s should stand where it has %s" % (ascii(text)[1:], self.excerpt()))

    def excerpt(self):
        return ascii(self.text[self.at:self.at + 24])[1:] if self.at < len(self.text) else "its end"

    def match(self, pattern, what):
        found = pattern.match(self.text, self.at)
        if not found:
            raise Bad("%s should stand where it has %s" % (what, self.excerpt()))
        self.at = found.end()
        return found

    def string(self, what="a text", empty=True):
        text = self.match(TEXT, what).group()
        if not empty and text == b'""':
            raise Bad("%s is empty" % what)
        return text

    def strings(self):
        self.want(b"[")
        if not self.has(b"]"):
            self.string()
            while self.has(b","):
                self.string()
            self.want(b"]")

    def value(self, depth=1):
        """Pass over a value."""
        start = self.text[self.at:self.at + 1]
        if depth == 16:
            raise Bad("it is nested too deeply")
        if start == b'"':
            self.string()
        elif start == b"{":
            self.members(depth)
        elif start == b"[":
            self.want(b"[")
            if not self.has(b"]"):
                self.value(depth + 1)
                while self.has(b","):
                    self.value(depth + 1)
                self.want(b"]")
        elif not (self.has(b"true") or self.has(b"false") or self.has(b"null")):
            number = self.match(NUMBER, "a value").group()
            if number == b"-0" or abs(int(number[:20])) > 1 << 53:
                raise Bad("readers may differ about the number %s" % number[:20].decode())

    def members(self, depth=1):
        """Pass over an object."""
        self.want(b"{")
        keys = set()
        while not self.has(b"}"):
            if keys:
                self.want(b",")
            key = self.match(KEY, "a key of plain lower case").group(1)
            if key in keys:
                raise Bad("the key %s is there twice" % ascii(key)[1:])
            keys.add(key)
            self.value(depth + 1)

    def members_of(self):
        """The bytes of an object."""
        start = self.at
        self.members()
        return self.text[start:self.at]

    def when(self):
        if self.has(b',"occurred":'):
            moment(self.match(OCCURRED, "a time in UTC").group(1))
        self.want(b',"zone":')
        self.string()

    def entry(self):
        """Read the whole line."""
        version = BEGIN.match(self.text)
        if version and int(version.group(1)) > VERSION:
            raise Bad("it is of format version %d, and this reads up to version %d"
                      % (int(version.group(1)), VERSION))
        e, head = Entry(), self.match(ENVELOPE, "an envelope")
        e.seq, e.prev, e.mode = int(head.group(2)), head.group(3).decode(), head.group(5).decode()
        e.kind, e.hash = head.group(6).decode(), sha256(head.group(1))
        e.lacks, e.files = [], []
        moment(head.group(4)[:19])
        most = MAX_RUNBOOK_LINE if e.kind in LONG else MAX_LINE
        if len(self.text) > most:
            raise Bad("it is longer than the %d bytes allowed" % most)
        read = self.content1 if version.group(1) == b"1" else self.content
        content = read(e)
        if self.at < len(self.text):
            raise Bad("something follows it: %s" % self.excerpt())
        if content is not None and sha256(content) != head.group(7).decode():
            raise Bad("its content does not match the hash c in its envelope")
        try:
            self.text.decode()
        except UnicodeDecodeError:
            raise Bad("it is not UTF-8") from None
        return e

    def content1(self, e):
        """Read what follows the envelope in a line of format version 1."""
        if self.has(b"null}"):
            e.lacks = ["content"]
            return None
        start = self.at
        self.want(b'{"salt":')
        self.match(SALT, "a salt")
        self.want(b',"by":{"name":')
        self.string()
        if self.has(b',"role":'):
            self.string("its role", empty=False)
        self.want(b',"via":')
        self.string()
        self.want(b"}")
        self.when()
        if self.has(b',"override":{"of":'):
            self.strings()
            self.want(b',"why":')
            self.string("its reason", empty=False)
            self.want(b"}")
        self.want(b',"data":')
        data = self.members_of()
        self.want(b"}")
        content = self.text[start:self.at]
        self.want(b"}")
        e.files = files(e.kind, data)
        return content

    def content(self, e):
        """Read what follows the envelope in a line of format version 2."""
        if self.has(b'null,"p":null}'):
            e.lacks = ["content"]
            return None
        start, sums, overridden = self.at, {}, False
        self.want(b'{"p":{')
        for part in PARTS:
            if self.has((b"," if sums else b"") + b'"' + part + b'":"'):
                sums[part] = self.match(re.compile(HASH), "a hash").group(1).decode()
                self.want(b'"')
            elif not sums:
                raise Bad("it has no names")
        self.want(b"}")
        if self.has(b',"role":'):
            self.string("its role", empty=False)
        self.want(b',"via":')
        self.string()
        self.when()
        if self.has(b',"override":'):
            overridden = True
            self.strings()
        self.want(b',"data":')
        self.members()
        self.want(b"}")
        content = self.text[start:self.at]
        self.want(b',"p":{')
        for n, part in enumerate(sums):
            self.want((b"," if n else b"") + b'"' + part + b'":')
            if self.has(b"null"):
                e.lacks.append(part.decode())
            else:
                self.part(e, part, sums[part], overridden)
        self.want(b"}}")
        return content

    def part(self, e, part, want, overridden):
        """Read one part, which must have the hash."""
        start, said = self.at, False
        self.want(b'{"salt":')
        self.match(SALT, "a salt")
        if part == b"names":
            self.want(b',"by":')
            self.string()
            said = True
        elif part == b"notes" and self.has(b',"override":'):
            self.string("its reason", empty=False)
            said = True
            if not overridden:
                raise Bad("its notes say why something was overridden, and nothing was")
        if self.has(b',"data":'):
            data = self.members_of()
            said = data != b"{}"
            if part == b"evidence":
                e.files = files(e.kind, data)
        self.want(b"}")
        if not said:
            raise Bad("there is nothing in its %s" % part.decode())
        if sha256(self.text[start:self.at]) != want:
            raise Bad("the hash of its %s does not match" % part.decode())


def sha256(text):
    return hashlib.sha256(text).hexdigest()


def moment(text):
    """Refuse a time that no clock shows."""
    try:
        datetime.datetime.strptime(text.decode(), "%Y-%m-%dT%H:%M:%S")
    except ValueError:
        raise Bad("%s is no time" % text.decode()) from None
    if text.endswith((b":60", b":61")) or text < b"1000":
        raise Bad("%s is no time" % text.decode())


def files(kind, data):
    """The files that an entry records, as (SHA-256, bytes)."""
    if kind not in FILES:
        return []
    said = json.loads(data)
    found = said.get("files") if kind == "inject.delivered" else [said]
    return [(f["sha256"], f.get("size")) for f in found or [] if isinstance(f, dict)
            and isinstance(f.get("sha256"), str) and re.fullmatch("[0-9a-f]{64}", f["sha256"])]


def code(head):
    """The first 80 bits of a hash, to be read aloud."""
    bits = int(head[:20], 16)
    text = "".join("0123456789ABCDEFGHJKMNPQRSTVWXYZ"[bits >> 75 - 5 * i & 31] for i in range(16))
    return "-".join(text[i:i + 4] for i in range(0, 16, 4))


def told(text):
    """A HEAD as it stands in the log: a code or a hash; None if it is neither."""
    plain = re.sub(r"[\s-]", "", text)
    if re.fullmatch("[0-9a-fA-F]{64}", plain):
        return plain.lower()
    plain = plain.upper().translate(str.maketrans("OIL", "011"))
    if re.fullmatch("[0-9A-HJKMNP-TV-Z]{16}", plain):
        return "-".join(plain[i:i + 4] for i in range(0, 16, 4))
    return None


def plain_file(path):
    """Open a plain file, and wait for nothing else."""
    file = open(path, "rb", buffering=1 << 20, opener=lambda p, f: os.open(p, f | getattr(os, "O_NONBLOCK", 0)))
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise OSError("%s is not a plain file" % path)
    return file


def hashed(path):
    """The SHA-256 of a plain file, and its bytes."""
    with plain_file(path) as file:
        sum_, length = hashlib.sha256(), 0
        for piece in iter(lambda: file.read(1 << 20), b""):
            sum_.update(piece)
            length += len(piece)
    return sum_.hexdigest(), length


def named_otherwise(folder):
    """The files that are not called by their hash, as in a bundle."""
    found = set()
    for name in sorted(os.listdir(folder)):
        path = os.path.join(folder, name)
        if re.fullmatch("[0-9a-f]{64}", name) or os.path.islink(path) or not os.path.isfile(path):
            continue
        try:
            found.add(hashed(path))
        except OSError as err:
            print("              NOT READ: %s" % err)
    return found


def check_file(folder, name, size, others, place):
    """What is wrong with a file of the evidence; None if nothing is. place begins its name in a bundle."""
    path = os.path.join(folder, name)
    if any(name == sum_ and size in (None, length) for sum_, length in others):
        return None
    if os.path.islink(path):
        return "CHANGED: it is a link"
    if not os.path.lexists(path):
        return "CHANGED" if any(other.startswith(place) for other in os.listdir(folder)) else "MISSING"
    try:
        sum_, length = hashed(path)
    except OSError as err:
        return "NOT READ: %s" % err
    return None if sum_ == name and size in (None, length) else "CHANGED"


def check_evidence(folder, recorded, withheld, places):
    """Print the verdict on the files; False if one is not as it was."""
    rest = ", those of %d entries withheld" % withheld if withheld else ""
    if not recorded:
        print("evidence      no files%s" % (rest or " are recorded"))
        return True
    if not os.path.isdir(folder):
        print("evidence      NOT CHECKED: %d files are recorded%s, and there is no folder %s" % (len(recorded), rest, folder))
        return True
    others = named_otherwise(folder)
    wrong = [(name, what) for name, what in ((n, check_file(folder, n, s, others, places[n])) for n, s in recorded.items()) if what]
    print("evidence      %s: %d of %d files are as they were recorded%s"
          % ("BROKEN" if wrong else "GOOD", len(recorded) - len(wrong), len(recorded), rest))
    for name, what in wrong:
        print("              %s %s" % (name, what))
    return not wrong


PROOF = b'{\n  "format": "muster-proof"'                 # a proof begins so
MAX_PROOF = 20 << 20                                # bytes
KEYS = ["format", "version", "how", "exercise", "seq", "entry", "path", "checkpoint", "recorded"]
TREE = re.compile(rb'"data":\{"size":([1-9][0-9]{0,15}),"tree":"' + HASH + rb'"\}\},"p":')


def above(a, b):
    """The node above two nodes of a tree."""
    return hashlib.sha256(b"\x01" + a + b).digest()


def root(at, size, node, path):
    """The hash of a tree of so many leaves (RFC 9162), from the leaf at a place, from 0."""
    last = size - 1
    for other in path:
        if last == 0:
            raise Bad("its path is too long")
        if at % 2 == 1 or at == last:
            node = above(other, node)
            while at % 2 == 0 and at != 0:
                at, last = at >> 1, last >> 1
        else:
            node = above(node, other)
        at, last = at >> 1, last >> 1
    if last != 0:
        raise Bad("its path is too short")
    return node


def once(pairs):
    """An object, if no key is there twice."""
    if [key for key, _ in pairs] != KEYS:
        raise Bad("it does not have the keys of a proof, each once and in their order")
    return dict(pairs)


def prove(text):
    """Check a proof; the entry that it shows, how large the tree is, and the entry that records it."""
    try:
        p = json.loads(text.decode(), object_pairs_hook=once)
        line, recorded = p["entry"].encode(), p["recorded"].encode()
        path = [bytes.fromhex(h) for h in p["path"]]
        if p["version"] != 1 or type(p["seq"]) is not int or any(not re.fullmatch("[0-9a-f]{64}", h) for h in p["path"]):
            raise Bad("it is not written as muster writes proofs")
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise Bad("it is not written as a proof is, or was cut short") from None
    e, r = Line(line).entry(), Line(recorded).entry()
    tree = TREE.search(recorded)
    if r.kind != "log.checkpointed" or not tree or "content" in r.lacks:
        raise Bad("the entry that should record its checkpoint records something else")
    size, hash_ = int(tree.group(1)), bytes.fromhex(tree.group(2).decode())
    if size + 1 != r.seq:
        raise Bad("its checkpoint is of %d entries, and is recorded in entry %d" % (size, r.seq))
    if p["checkpoint"] != "muster incident log\n%d\n%s\n" % (size, base64.b64encode(hash_).decode()):
        raise Bad("its checkpoint is not the one that is recorded")
    if e.seq != p["seq"] or e.seq > size:
        raise Bad("it is of entry %d, and shows entry %d of %d" % (p["seq"], e.seq, size))
    if e.mode != r.mode or p["exercise"] is not (e.mode == "drill"):
        raise Bad("it mixes a drill and a live incident")
    leaf = hashlib.sha256(b"\x00" + bytes.fromhex(e.hash)).digest()
    if root(e.seq - 1, size, leaf, path) != hash_:
        raise Bad("its path does not lead from entry %d to the checkpoint" % e.seq)
    return e, size, r, line


def proof(text, heads):
    """Print the verdict on a proof."""
    try:
        if len(text) > MAX_PROOF:
            raise Bad("it has more than %d bytes" % MAX_PROOF)
        e, size, r, line = prove(text)
    except Bad as bad:
        print("proof         BROKEN: %s" % bad)
        return 1
    print("proof         GOOD: entry %d is one of %d in the tree that entry %d records" % (e.seq, size, r.seq))
    wrong = [head for head in heads if head not in (r.hash, code(r.hash))]
    print("completeness  %s" % ("UNKNOWN: no head was given" if not heads else
                                "BROKEN: it does not hold with %s" % ", ".join(wrong) if wrong else "vouched for by the head that was given"))
    print("entry         %s" % ascii(line.decode())[1:-1])
    print("mode          %s\nhead          %s  entry %d\n              %s" % (e.mode, code(r.hash), r.seq, r.hash))
    return 1 if wrong else 0


def main(args):
    heads = [told(text) for text in args[2:]]
    if len(args) < 2 or args[1].startswith("-") or None in heads:
        print(__doc__ if len(args) < 2 or args[1].startswith("-") else "a HEAD is a code like 7K3M-Q9XA-02FH-TTZ4, or 64 hexadecimal digits", file=sys.stderr)
        return 2
    try:
        file = plain_file(args[1])
    except OSError as err:
        print(err, file=sys.stderr)
        return 2
    if file.peek(len(PROOF)).startswith(PROOF):
        with file:
            return proof(file.read(MAX_PROOF + 1), heads)
    n, prev, mode, problem, found, recorded, places, lacking, hidden = 0, "0" * 64, None, None, {}, {}, {}, {}, 0
    with file:
        while problem is None:
            text = file.readline(MAX_RUNBOOK_LINE + 2)
            if not text:
                break
            ended = text.endswith(b"\n")
            try:
                e = Line(text[:-1] if ended else text).entry()
                if (e.seq, e.prev) != (n + 1, prev):
                    raise Bad("it does not follow from the line before")
                if n == 0 and e.kind != OPENS:
                    raise Bad("the first entry is %s and should be %s" % (e.kind, OPENS))
                if mode not in (None, e.mode):
                    raise Bad("it says %s in a log that is %s" % (e.mode, mode))
            except Bad as bad:
                problem = str(bad) if ended else "%s, and has no line end: its writing was cut short, or it was cut off" % bad
                break
            n, prev, mode = e.seq, e.hash, e.mode
            recorded.update(e.files)
            for at, (name, _) in enumerate(e.files, 1):
                places.setdefault(name, "%d-%d-" % (n, at))
            for part in e.lacks:
                lacking[part] = lacking.get(part, 0) + 1
            hidden += e.kind in FILES and bool({"content", "evidence"} & set(e.lacks))
            found.update((head, n) for head in heads if head in (e.hash, code(e.hash)))
    if n == 0 and problem is None:
        problem = "the log is empty"
    if problem is None:
        print("integrity     GOOD: %d entries, each as written and following from the one before" % n)
        if not ended:
            print("              the last line has no line end; it is whole, and counts")
    else:
        print("integrity     BROKEN at line %d: %s" % (n + 1, problem))
        print("              before it: %d entries, good" % n)
    for part, count in sorted(lacking.items()):
        print("              withheld: %s of %d entries; its hash is proven" % (part, count))
    if not heads:
        print("completeness  UNKNOWN: no head was given; the end may have been cut off")
    elif not found:
        print("completeness  BROKEN")
    else:
        print("completeness  vouched for up to entry %d of %d" % (max(found.values()), n))
    for head in heads:
        print("              %s %s" % (head, "is entry %d" % found[head] if head in found else "IS NOT IN THIS LOG"))
    whole = check_evidence(os.path.join(os.path.dirname(args[1]), "evidence"), recorded, hidden, places)
    if n:
        print("mode          %s\nhead          %s  entry %d\n              %s" % (mode, code(prev), n, prev))
    return 0 if problem is None and whole and len(found) == len(set(heads)) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv))
