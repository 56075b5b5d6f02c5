package runbooks

import (
	"encoding/binary"
	"hash/crc32"
	"io/fs"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// This file remembers the heads of a large folder from one list to the next: a file whose
// size, mode and time are as they were is not opened again for a list. What is used is
// always read from the file itself, so that what is remembered decides nothing.

// A Memory keeps a text from one run of the program to the next.
type Memory interface {
	// Read returns what was kept, and when it was.
	Read() (text []byte, kept time.Time, err error)
	// Keep keeps a text in its place: the whole of it, or nothing.
	Keep(text []byte) error
}

const (
	manyFiles = 256              // a folder of fewer is read as fast as an index
	unsure    = 10 * time.Second // a file that was changed this shortly before may have been changed again in the same moment

	indexMagic = "muster heads 1\n"
)

// A headIndex is what is remembered of a layer's files, in the order of their names. A nil
// index knows nothing, and keeps nothing.
type headIndex struct {
	memory Memory
	kept   time.Time
	files  []indexed
}

// An indexed is a file's head, and how the file was when that was read.
type indexed struct {
	head Head
	mode fs.FileMode
	time int64 // when it was changed, in nanoseconds
}

// remembered reads what is remembered of the layer. Anything odd in it, and nothing is.
func (l Layer) remembered(files int) *headIndex {
	if l.Memory == nil || files < manyFiles {
		return nil
	}
	x := &headIndex{memory: l.Memory}
	if text, kept, err := l.Memory.Read(); err == nil {
		x.kept, x.files = kept, decodeIndex(string(text))
	}
	return x
}

// find returns what is remembered of a file that is as it was. from is where to look first:
// it is asked for files in the order of their names.
func (x *headIndex) find(entry fs.DirEntry, from *int) *indexed {
	if x == nil || !entry.Type().IsRegular() { // a link's own time says nothing
		return nil
	}
	f := x.named(entry.Name(), from)
	if f == nil {
		return nil
	}
	info, err := entry.Info()
	if err != nil || info.Size() != f.head.Size || info.Mode() != f.mode || info.ModTime().UnixNano() != f.time || !info.ModTime().Before(x.kept.Add(-unsure)) {
		return nil
	}
	f.head.ModTime = info.ModTime()
	return f
}

func (x *headIndex) named(name string, from *int) *indexed {
	at, found := *from, *from < len(x.files) && x.files[*from].head.Path == name
	if !found {
		at, found = slices.BinarySearchFunc(x.files, name, func(f indexed, name string) int { return strings.Compare(f.head.Path, name) })
	}
	if *from = at; !found {
		return nil
	}
	*from = at + 1
	return &x.files[at]
}

// keep remembers the heads of all good files, if they are not what is remembered already:
// read says how many of them were read anew. That it fails is no harm.
func (x *headIndex) keep(heads []Head, read int) {
	if x == nil {
		return
	}
	good := make([]*Head, 0, len(heads))
	for i := range heads {
		if h := &heads[i]; h.keeps() {
			good = append(good, h)
		}
	}
	if read == 0 && len(good) == len(x.files) {
		return
	}
	body := make([]byte, 0, len(good)*256)
	for _, h := range good {
		body = h.encode(body)
	}
	text := binary.BigEndian.AppendUint32([]byte(indexMagic), crc32.ChecksumIEEE(body))
	_ = x.memory.Keep(append(text, body...))
}

// keeps reports whether the head is remembered: what is wrong with a file is asked of it
// each time, and where a link leads.
func (h *Head) keeps() bool { return h.Err == nil && h.mode.IsRegular() }

// encode appends the head as a headDecoder reads it.
func (h *Head) encode(to []byte) []byte {
	text := func(all ...string) {
		for _, s := range all {
			to = append(binary.AppendUvarint(to, uint64(len(s))), s...)
		}
	}
	number := func(all ...int64) {
		for _, n := range all {
			to = binary.AppendVarint(to, n)
		}
	}
	text(h.Path)
	number(h.Size, int64(h.mode), h.ModTime.UnixNano())
	text(h.ID, h.Title, h.Summary, string(h.Severity), h.Version, h.Owner)
	e := h.ReviewEvery
	number(h.Reviewed.Unix(), int64(e.Duration), int64(e.Days), int64(e.BusinessDays), int64(e.Months), int64(btoi(e.AtOnce)), int64(len(h.Tags)))
	text(h.Tags...)
	return to
}

// decodeIndex reads what keep wrote; nil if it is not exactly that.
func decodeIndex(text string) []indexed {
	body, ok := strings.CutPrefix(text, indexMagic)
	if !ok || len(body) < 4 || binary.BigEndian.Uint32([]byte(body[:4])) != crc32.ChecksumIEEE([]byte(body[4:])) {
		return nil
	}
	d := &headDecoder{rest: body[4:]}
	var files []indexed
	for d.rest != "" {
		if len(files) == cap(files) { // few steps: most heads are of about one size
			files = slices.Grow(files, max(64, len(d.rest)/200))
		}
		f := d.indexed()
		if d.odd || len(files) > 0 && f.head.Path <= files[len(files)-1].head.Path {
			return nil
		}
		files = append(files, f)
	}
	return files
}

// A headDecoder reads texts and numbers. After anything odd it has nothing more.
type headDecoder struct {
	rest string
	odd  bool
}

func (d *headDecoder) indexed() indexed {
	h := Head{Path: d.text(), Size: d.number()}
	f := indexed{mode: fs.FileMode(d.number()), time: d.number()}
	h.ID, h.Title, h.Summary = d.text(), d.text(), d.text()
	h.Severity, h.Version, h.Owner = Severity(d.text()), d.text(), d.text()
	h.Reviewed = time.Unix(d.number(), 0).UTC()
	h.ReviewEvery = Span{Duration: time.Duration(d.number()), Days: int(d.number()), BusinessDays: int(d.number()), Months: int(d.number()), AtOnce: d.number() != 0}
	if tags := d.number(); tags < 0 || tags > int64(len(d.rest)) {
		d.lose()
	} else if tags > 0 {
		h.Tags = make([]string, tags)
		for i := range h.Tags {
			h.Tags[i] = d.text()
		}
	}
	h.order = strings.ToLower(h.Title)
	d.odd = d.odd || h.ID == "" || h.Title == ""
	f.head = h
	return f
}

func (d *headDecoder) lose() { d.odd, d.rest = true, "" }

func (d *headDecoder) text() string {
	n, size := uvarint(d.rest)
	if size <= 0 || n > uint64(len(d.rest)-size) || !utf8.ValidString(d.rest[size:size+int(n)]) {
		d.lose()
		return ""
	}
	text := d.rest[size : size+int(n)]
	d.rest = d.rest[size+int(n):]
	return text
}

func (d *headDecoder) number() int64 {
	n, size := uvarint(d.rest)
	if size <= 0 {
		d.lose()
		return 0
	}
	d.rest = d.rest[size:]
	return int64(n>>1) ^ -int64(n&1)
}

// uvarint reads what [binary.AppendUvarint] wrote from the beginning of a text.
func uvarint(s string) (n uint64, size int) {
	if s != "" && s[0] < 0x80 {
		return uint64(s[0]), 1
	}
	return binary.Uvarint([]byte(s[:min(len(s), binary.MaxVarintLen64)]))
}
