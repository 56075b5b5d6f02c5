package proof

import (
	varint "encoding/binary"
	"hash/maphash"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"muster/state"
)

// A modelWorld is all there is at one moment: the disk, what of it is durable, and the
// processes. Texts are numbers of [explorer.texts].
type modelWorld struct {
	inodes  []inode
	names   []name // sorted
	durable []name // what a power cut leaves of them
	procs   []proc
	written [32]uint8 // by the entry's number: how many different lines were written for it
	acked   []uint32  // lines of which somebody was told that they are saved, sorted
	events  int8      // how many more things may happen that no process does
	turn    int8      // the process that is amid something, if no other may come before it has done that; -1 for none
	changed bool      // something that is no muster has changed the disk
	steps   *taken    // how it came to this
}

type inode struct {
	text, kept    int32 // what it has, and what of that is durable
	when, changed int64
	isDir         bool
	owner         int8 // process that has the lock; -1 for nobody
	fd            int8 // its handle that has it
}

type name struct {
	path  string
	inode int32
}

// A proc is a process in the world.
type proc struct {
	node  int32 // what it has been told
	dead  bool
	blind int8 // more than 0 if something changed the disk since it last looked at the log and then read it
	left  int8 // notes
	files []int32
}

const closed = -1

func (w *modelWorld) clone() *modelWorld {
	c := *w
	c.inodes = slices.Clone(w.inodes)
	c.procs = slices.Clone(w.procs)
	for i := range c.procs {
		c.procs[i].files = slices.Clone(w.procs[i].files)
	}
	return &c // names, durable and acked are replaced, never changed
}

func find(names []name, path string) int32 {
	if i, ok := slices.BinarySearchFunc(names, path, func(n name, p string) int { return strings.Compare(n.path, p) }); ok {
		return names[i].inode
	}
	return -1
}

func with(names []name, path string, inode int32) []name {
	fresh := make([]name, 0, len(names)+1)
	for _, n := range names {
		if n.path != path {
			fresh = append(fresh, n)
		}
	}
	if inode >= 0 {
		fresh = append(fresh, name{path, inode})
	}
	slices.SortFunc(fresh, func(a, b name) int { return strings.Compare(a.path, b.path) })
	return fresh
}

// make adds an inode, in the place of one that nothing leads to any more.
func (w *modelWorld) make(isDir bool) int32 {
	fresh := inode{isDir: isDir, owner: -1}
	for i := range w.inodes {
		if !w.reachable(int32(i)) {
			w.inodes[i] = fresh
			return int32(i)
		}
	}
	w.inodes = append(w.inodes, fresh)
	return int32(len(w.inodes) - 1)
}

func (w *modelWorld) reachable(i int32) bool {
	leads := func(n name) bool { return n.inode == i }
	if slices.ContainsFunc(w.names, leads) || slices.ContainsFunc(w.durable, leads) {
		return true
	}
	for _, p := range w.procs {
		if slices.Contains(p.files, i) {
			return true
		}
	}
	return false
}

// key is the world as a number. Which process is which plays no part.
func (w *modelWorld) key(seed maphash.Seed) [2]uint64 {
	var b []byte
	u := func(values ...int64) {
		for _, v := range values {
			b = varint.AppendVarint(b, v)
		}
	}
	bit := func(is bool) int64 {
		if is {
			return 1
		}
		return 0
	}
	for i, n := range w.inodes {
		if w.reachable(int32(i)) {
			u(int64(i), int64(n.text), int64(n.kept), n.when, n.changed, int64(n.owner), int64(n.fd))
		}
	}
	for _, names := range [][]name{w.names, w.durable} {
		u(-1)
		for _, n := range names {
			b = append(append(b, n.path...), 0)
			u(int64(n.inode))
		}
	}
	for _, p := range w.procs {
		u(-2, int64(p.node), bit(p.dead), int64(p.blind), int64(p.left))
		for _, f := range p.files {
			u(int64(f))
		}
	}
	b = append(b, w.written[:]...)
	for _, a := range w.acked {
		u(int64(a))
	}
	u(int64(w.events), bit(w.changed), int64(w.turn))
	var h maphash.Hash
	h.SetSeed(seed)
	h.Write(b)
	one := h.Sum64()
	h.WriteByte(1)
	return [2]uint64{one, h.Sum64()}
}

// sort puts the processes in an order of their own, and with them their locks.
func (w *modelWorld) sort() {
	order := make([]int8, len(w.procs))
	for i := range order {
		order[i] = int8(i)
	}
	slices.SortStableFunc(order, func(a, b int8) int {
		p, q := w.procs[a], w.procs[b]
		if c := int(p.node) - int(q.node); c != 0 {
			return c
		}
		return slices.Compare(p.files, q.files)
	})
	procs, where := make([]proc, len(order)), make([]int8, len(order))
	for to, from := range order {
		procs[to], where[from] = w.procs[from], int8(to)
	}
	w.procs = procs
	if w.turn >= 0 {
		w.turn = where[w.turn]
	}
	for i := range w.inodes {
		if owner := w.inodes[i].owner; owner >= 0 {
			w.inodes[i].owner = where[owner]
		}
	}
}

// do makes a process's system call.
func (x *explorer) do(w *modelWorld, i int, r request) result {
	r.path, r.to = own(r.path, i), own(r.to, i)
	p := &w.procs[i]
	switch r.call {
	case "open":
		return x.open(w, i, r)
	case "lstat":
		return x.stat(w, find(w.names, r.path))
	case "mkdir":
		if find(w.names, r.path) >= 0 {
			return result{err: syscall.EEXIST}
		}
		w.names = with(w.names, r.path, w.make(true))
	case "rename", "link":
		return x.rename(w, r)
	case "remove":
		if find(w.names, r.path) < 0 {
			return result{err: syscall.ENOENT}
		}
		w.names = with(w.names, r.path, -1)
	case "syncdir":
		if find(w.names, r.path) < 0 {
			return result{err: syscall.ENOENT}
		}
		w.syncDir(r.path)
	default:
		if r.fd < 0 || r.fd >= len(p.files) || p.files[r.fd] == closed {
			return result{err: syscall.EBADF}
		}
		return x.onFile(w, i, p.files[r.fd], r)
	}
	return result{}
}

// own is a process's own folder that other processes have not.
func own(path string, i int) string {
	if rest, is := strings.CutPrefix(path, modelAway); is {
		return modelAway + string(rune('0'+i)) + rest
	}
	return path
}

func (w *modelWorld) syncDir(path string) {
	in := func(n name) bool { return filepath.Dir(n.path) == path }
	fresh := slices.DeleteFunc(slices.Clone(w.durable), in)
	for _, n := range w.names {
		if in(n) {
			fresh = append(fresh, n)
		}
	}
	slices.SortFunc(fresh, func(a, b name) int { return strings.Compare(a.path, b.path) })
	w.durable = fresh
}

func (x *explorer) stat(w *modelWorld, i int32) result {
	if i < 0 {
		return result{err: syscall.ENOENT}
	}
	n := w.inodes[i]
	return result{info: looks{i, int64(len(x.texts[n.text])), n.when, n.changed, n.isDir}}
}

func (x *explorer) open(w *modelWorld, i int, r request) result {
	at := find(w.names, r.path)
	switch {
	case at < 0 && (r.flag&syscall.O_CREAT == 0 || find(w.names, filepath.Dir(r.path)) < 0):
		return result{err: syscall.ENOENT}
	case at < 0:
		at = w.make(false)
		w.inodes[at].when = x.time(0)
		w.names = with(w.names, r.path, at)
	case r.flag&syscall.O_EXCL != 0:
		return result{err: syscall.EEXIST}
	case r.flag&syscall.O_TRUNC != 0:
		w.inodes[at].text = 0
	}
	p := &w.procs[i]
	fd := slices.Index(p.files, closed)
	if fd < 0 {
		fd, p.files = len(p.files), append(p.files, closed)
	}
	p.files[fd] = at
	return result{n: int64(fd)}
}

func (x *explorer) rename(w *modelWorld, r request) result {
	at := find(w.names, r.path)
	switch {
	case at < 0, find(w.names, filepath.Dir(r.to)) < 0:
		return result{err: syscall.ENOENT}
	case r.call == "link" && find(w.names, r.to) >= 0:
		return result{err: syscall.EEXIST}
	}
	if r.call == "link" {
		w.inodes[at].changed++
		if !isUnread(r.to) {
			w.names = with(w.names, r.to, at)
		}
		return result{}
	}
	w.names = with(w.names, r.to, at)
	w.names = with(w.names, r.path, -1)
	for _, n := range w.names {
		if rest, is := strings.CutPrefix(n.path, r.path+"/"); is {
			w.names = with(with(w.names, n.path, -1), r.to+"/"+rest, n.inode)
		}
	}
	return result{}
}

func (x *explorer) onFile(w *modelWorld, i int, at int32, r request) result {
	n := &w.inodes[at]
	text := x.texts[n.text]
	switch r.call {
	case "fstat":
		return x.stat(w, at)
	case "read":
		from := min(r.at, int64(len(text)))
		return result{data: text[from:min(from+r.size, int64(len(text)))]}
	case "write":
		x.put(n, text+r.data)
		return result{n: int64(len(r.data))}
	case "writeat":
		text += strings.Repeat("\x00", max(0, int(r.at)-len(text)))
		x.put(n, text[:r.at]+r.data+text[min(len(text), int(r.at)+len(r.data)):])
		return result{n: int64(len(r.data))}
	case "truncate":
		x.put(n, text[:min(r.size, int64(len(text)))])
	case "sync":
		n.kept = n.text
	case "lock", "trylock":
		if n.owner >= 0 && (n.owner != int8(i) || n.fd != int8(r.fd)) {
			return result{}
		}
		n.owner, n.fd = int8(i), int8(r.fd)
		return result{n: 1}
	case "unlock", "close":
		if n.owner == int8(i) && n.fd == int8(r.fd) {
			n.owner, n.fd = -1, 0
		}
		if r.call == "close" {
			if isUnread(r.path) {
				w.names = with(w.names, r.path, -1)
			}
			w.procs[i].files[r.fd] = closed
			for len(w.procs[i].files) > 0 && w.procs[i].files[len(w.procs[i].files)-1] == closed {
				w.procs[i].files = w.procs[i].files[:len(w.procs[i].files)-1]
			}
		}
	default:
		panic("no such call: " + r.call)
	}
	return result{}
}

// isUnread reports whether a file is only ever kept beside the log, for people: no process
// of the model looks at it, so that worlds which differ in it alone are one.
func isUnread(path string) bool {
	name := filepath.Base(path)
	return strings.HasPrefix(name, "changed-") || strings.HasPrefix(name, "torn-")
}

// put is a process's writing. When it did so follows from what the file has then, as if
// all that happens did so within a tick of the clock and the tick were known: the worst
// that times can do is to be alike.
func (x *explorer) put(n *inode, text string) {
	n.text = x.text(text)
	n.when = x.time(len(text))
	n.changed = n.when
}

func (x *explorer) time(size int) int64 {
	return modelTime.UnixNano() - int64(1e15) + int64(size)*1000
}

// kill ends a process: its files are closed and its locks given back.
func (w *modelWorld) kill(i int) {
	w.procs[i].files, w.procs[i].dead = nil, true
	for k := range w.inodes {
		if w.inodes[k].owner == int8(i) {
			w.inodes[k].owner, w.inodes[k].fd = -1, 0
		}
	}
}

// holder is the process that holds a lock; -1 for none.
func (w *modelWorld) holder() int {
	for _, n := range w.inodes {
		if n.owner >= 0 {
			return int(n.owner)
		}
	}
	return -1
}

// A modelLine is a line as the model knows it.
type modelLine struct {
	good       bool
	seq        uint64
	hash, prev state.Hash
	number     byte // the random number it was made with
	text       string
}

// lines are the numbers of a text's lines, and the text behind the last newline.
func (x *explorer) lines(text string) (lines []uint32, rest string) {
	for {
		line, after, ended := strings.Cut(text, "\n")
		if !ended {
			return lines, text
		}
		lines, text = append(lines, x.line(line)), after
	}
}

func (x *explorer) line(text string) uint32 {
	if n, known := x.lineOf[text]; known {
		return n
	}
	l := modelLine{}
	if e, err := state.Decode([]byte(text)); err == nil {
		l = modelLine{text: text, good: true, seq: e.Seq, hash: e.Hash, prev: e.Prev}
		for _, salt := range e.Salts {
			l.number = max(l.number, salt[0])
		}
		l.number--
		x.hashOf[e.Hash] = uint32(len(x.known))
	}
	n := uint32(len(x.known))
	x.known = append(x.known, l)
	x.lineOf[text] = n
	return n
}

func (x *explorer) text(text string) int32 {
	if n, known := x.textOf[text]; known {
		return n
	}
	n := int32(len(x.texts))
	x.texts = append(x.texts, text)
	x.textOf[text] = n
	return n
}
