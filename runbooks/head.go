package runbooks

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"time"
	"unicode/utf8"
)

// A Head is what can be known of a runbook from the keys before its first table.
type Head struct {
	ID          string
	Title       string // the file's name if it cannot be read
	Summary     string
	Tags        []string
	Severity    Severity
	Version     string
	Owner       string
	Reviewed    time.Time // UTC midnight of the day; zero if never
	ReviewEvery Span
	Layer       string   // the name of the layer it is from
	Path        string   // the file's name within the layer
	Shadows     []string // the layers whose runbook of this id it hides
	Size        int64    // bytes
	ModTime     time.Time
	Err         error // why the file cannot be used, if that is known yet

	order string      // the title in small letters, to sort by
	mode  fs.FileMode // of a regular file in the folder itself; else not that of one
}

// ReviewDue reports whether the runbook asks for a review that is overdue.
func (h *Head) ReviewDue(now time.Time) bool { return reviewDue(h.Reviewed, h.ReviewEvery, now) }

// The bounds of a head. Nearly all fit into the first; a file with a long comment
// at its top may use the second.
const (
	headSize    = 8 << 10
	maxHeadSize = 256 << 10
)

var (
	errNoFile  = errors.New("not a file")
	errTooBig  = errors.New("larger than 4 MiB")
	errNoTitle = errors.New("no title before the first table")
	errNoHead  = errors.New("not TOML")
	errNotUTF8 = errors.New("not UTF-8")
)

// ReadFile reads a file of at most [MaxFile] bytes. It refuses what is not a
// regular file, before opening it: opening a pipe would wait for ever.
func ReadFile(files fs.FS, name string) ([]byte, error) {
	info, err := fs.Stat(files, name)
	if err != nil {
		return nil, errors.New(reason(err))
	}
	if err := usable(info); err != nil {
		return nil, err
	}
	f, err := files.Open(name)
	if err != nil {
		return nil, errors.New(reason(err))
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, MaxFile+1))
	if err == nil && len(data) > MaxFile { // it has grown
		err = errTooBig
	}
	return data, err
}

func usable(info fs.FileInfo) error {
	switch {
	case info.IsDir():
		return errors.New("a folder, not a file")
	case !info.Mode().IsRegular():
		return errNoFile
	case info.Size() > MaxFile:
		return errTooBig
	}
	return nil
}

// reason says why a file cannot be opened, without the words of a system call.
func reason(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "it is not there, or a link to nothing"
	case errors.Is(err, fs.ErrPermission):
		return "no permission to read it"
	}
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}

// head reads the head of one file. buffer is of headSize and may be used again.
func (l Layer) head(entry fs.DirEntry, buffer []byte) Head {
	h := Head{Layer: l.Name, Path: entry.Name()}
	if err := l.readHead(&h, entry, buffer); err != nil {
		h.Err = fmt.Errorf("%s: %w", l.file(h.Path), err)
	}
	if h.ID == "" {
		h.ID = fileID(h.Path)
	}
	if strings.TrimSpace(h.Title) == "" {
		h.Title = h.Path
	}
	h.order = strings.ToLower(h.Title)
	return h
}

func (l Layer) readHead(h *Head, entry fs.DirEntry, buffer []byte) error {
	if !entry.Type().IsRegular() { // a link may lead anywhere
		info, err := fs.Stat(l.FS, h.Path)
		if err != nil {
			return errors.New(reason(err))
		}
		if err := usable(info); err != nil {
			return err
		}
	}
	f, err := l.FS.Open(h.Path)
	if err != nil {
		return errors.New(reason(err))
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return errors.New(reason(err))
	}
	h.Size, h.ModTime, h.mode = info.Size(), info.ModTime(), info.Mode()|entry.Type()
	if err := usable(info); err != nil {
		return err
	}
	return h.read(f, buffer)
}

// read fills in the head from the beginning of a file.
func (h *Head) read(f io.Reader, buffer []byte) error {
	n, err := io.ReadFull(f, buffer)
	data := buffer[:n]
	s := scanTOML(data, true)
	if err == nil && !s.tables { // more to come, and the head is not over
		more, err := io.ReadAll(io.LimitReader(f, maxHeadSize-headSize))
		if err != nil {
			return errors.New(reason(err))
		}
		data = append(data[:n:n], more...)
		s = scanTOML(data, true)
	} else if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return errors.New(reason(err))
	}
	h.fill(data, s.root)
	switch {
	case s.problem != "":
		return errors.New(s.problem)
	case !utf8.Valid(data[:s.end]):
		return errNotUTF8
	case s.lost:
		return fmt.Errorf("line %d: %w", s.line, errNoHead)
	case h.Title == "":
		return errNoTitle
	}
	return nil
}

// fill takes what it can from the keys of a head. What is not as it should be is
// left out: reading the whole file will say why.
func (h *Head) fill(data []byte, keys *node) {
	text := func(key string) string {
		n := keys.key(key)
		if n == nil {
			return ""
		}
		s, _ := unquote(data[n.from:n.to])
		return strings.ToValidUTF8(s, "�")
	}
	h.ID, h.Title, h.Summary = text("id"), text("title"), strings.TrimSpace(text("summary"))
	h.Version, h.Owner = text("version"), text("owner")
	h.Severity = Severity(orText(text("severity"), string(SEV2)))
	h.ReviewEvery, _ = ParseSpan(text("review_every"))
	if n := keys.key("tags"); n != nil {
		for _, item := range n.items() {
			if tag, err := unquote(data[item.from:item.to]); err == nil {
				h.Tags = append(h.Tags, strings.ToValidUTF8(tag, "�"))
			}
		}
	}
	if n := keys.key("reviewed"); n != nil {
		day := strings.Trim(string(data[n.from:n.to]), "\"' \t")
		h.Reviewed, _ = time.Parse(time.DateOnly, day)
	}
}
