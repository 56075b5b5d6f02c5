package run

import (
	"time"

	"muster/state"
	"muster/tui/incident"
	"muster/tui/kit"
	"muster/tui/widget"
)

// A log is the last entries, and the notes and evidence among them all.
type log struct {
	*incident.Open
	kept    []uint64 // notes and evidence, by entry
	scanned uint64   // entries that kept covers
	drawn   logCache
	board   board
}

// refresh looks at the entries that are new.
func (l *log) refresh() {
	for _, e := range l.Inc.Log[l.scanned:] {
		if state.Within(l.Inc, e.Seq) && (e.Kind == state.KindNoteAdded || e.Kind == state.KindEvidenceAdded) {
			l.kept = append(l.kept, e.Seq)
		}
	}
	l.scanned = l.Inc.Head.Seq
}

// entries is how many there are.
func (l *log) entries() int {
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
func (c *logCache) is(l *log, w, h int) bool {
	now := logCache{seq: l.Inc.Head.Seq, w: w, h: h, theme: l.UI.Theme.Name, today: day(l.UI.Now())}
	if c.seq == now.seq && c.w == w && c.h == h && c.theme == now.theme && c.today == now.today {
		return true
	}
	*c = now
	return false
}

// rows draws the last entries in single lines, the newest first.
func (l *log) rows(w, h int) []string {
	return l.newest(w, h, func(seq uint64, when string) []string { return []string{" " + l.EntryLine(seq, when, w-1)} })
}

// newest draws the last entries, the newest first. The time stands before each, and a
// line for each day that is not today.
func (l *log) newest(w, h int, draw func(seq uint64, when string) []string) []string {
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

// column is the right column of a wide terminal: what is due, who does what and which
// services are not back, if there is room; the last entries; and below them notes and
// evidence.
func (l *log) column(w, h int) []string {
	t := l.UI.Theme
	var kept []string
	for i := len(l.kept) - 1; i >= 0 && len(kept) < h/4; i-- {
		e, _ := l.Inc.Entry(l.kept[i])
		kept = append(kept, l.EntryBlock(l.kept[i], kit.ClockTime(e.When(), l.UI.Now()), w-2)...)
	}
	lower := 0
	if len(kept) > 0 {
		kept = append([]string{" " + t.Title.Render("Notes and evidence")}, kept...)
		lower = min(len(kept), h/4)
	}
	var lines []string
	if h >= 30 {
		lines = append(lines, l.board.lines(w, h/2)...)
	}
	lines = append(lines, " "+t.Title.Render("Log")+t.Dim.Render("  "+kit.Entries(l.entries())))
	lines = append(lines, l.newest(w-2, h-lower-len(lines), func(seq uint64, when string) []string { return l.EntryBlock(seq, when, w-2) })...)
	return append(widget.Fit(lines, w, h-lower), widget.Fit(kept, w, lower)...)
}
