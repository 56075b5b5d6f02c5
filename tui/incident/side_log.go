package incident

import (
	"time"

	"muster/state"
)

// A Log is the last entries, and the notes and evidence among them all.
type Log struct {
	*Open
	kept    []uint64 // notes and evidence, by entry
	scanned uint64   // entries that kept covers
	drawn   logCache
}

// refresh looks at the entries that are new.
func (l *Log) refresh() {
	for _, e := range l.Inc.Log[l.scanned:] {
		if state.Within(l.Inc, e.Seq) && (e.Kind == state.KindNoteAdded || e.Kind == state.KindEvidenceAdded) {
			l.kept = append(l.kept, e.Seq)
		}
	}
	l.scanned = l.Inc.Head.Seq
}

// entries is how many there are.
func (l *Log) entries() int {
	if p := l.Inc.Past; p != nil {
		return p.Entries
	}
	return int(l.Inc.Head.Seq)
}

// A logCache is the last entries, as drawn.
type logCache struct {
	seq   uint64
	w, h  int
	theme string
	today string
	lines []string
}

// is reports whether the cache still holds; if not, it is made empty for what
// is drawn now.
func (c *logCache) is(l *Log, w, h int) bool {
	now := logCache{seq: l.Inc.Head.Seq, w: w, h: h, theme: l.UI.Theme.Name, today: day(l.UI.Now())}
	if c.seq == now.seq && c.w == w && c.h == h && c.theme == now.theme && c.today == now.today {
		return true
	}
	*c = now
	return false
}

// Rows draws the last entries in single lines, the newest first.
func (l *Log) Rows(w, h int) []string {
	return l.newest(w, h, func(seq uint64, when string) []string { return []string{" " + l.EntryLine(seq, when, w-1)} })
}

// newest draws the last entries, the newest first. The time stands before each, and a
// line for each day that is not today.
func (l *Log) newest(w, h int, draw func(seq uint64, when string) []string) []string {
	if l.drawn.is(l, w, h) {
		return l.drawn.lines
	}
	zone, last := l.UI.Now().Location(), l.drawn.today
	for seq := l.Inc.Head.Seq; seq > 0 && len(l.drawn.lines) < h; seq-- {
		if !state.Within(l.Inc, seq) {
			continue
		}
		e, _ := l.Inc.Entry(seq)
		at := e.When().In(zone)
		if d := day(at); d != last {
			l.drawn.lines, last = append(l.drawn.lines, " "+l.UI.Theme.Strong.Render(d)), d
		}
		l.drawn.lines = append(l.drawn.lines, draw(seq, at.Format("15:04"))...)
	}
	return l.drawn.lines
}

// day is how a day is called.
func day(t time.Time) string { return t.Format("Mon 2 Jan 2006") }
