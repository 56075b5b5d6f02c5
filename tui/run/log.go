package run

import (
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
}

// refresh looks at the entries that are new.
func (l *log) refresh() {
	for _, e := range l.Inc.Log[l.scanned:] {
		if e.Kind == state.KindNoteAdded || e.Kind == state.KindEvidenceAdded {
			l.kept = append(l.kept, e.Seq)
		}
	}
	l.scanned = l.Inc.Head.Seq
}

// A logCache is the last entries, as drawn.
type logCache struct {
	seq   uint64
	w, h  int
	theme string
	lines []string
}

// is reports whether the cache still holds; if not, it is made empty for what
// is drawn now.
func (c *logCache) is(inc *state.Incident, theme string, w, h int) bool {
	now := logCache{seq: inc.Head.Seq, w: w, h: h, theme: theme}
	if c.seq == now.seq && c.w == w && c.h == h && c.theme == now.theme {
		return true
	}
	*c = now
	return false
}

// rows draws the last entries in single lines, the newest first.
func (l *log) rows(w, h int) []string {
	if !l.drawn.is(l.Inc, l.UI.Theme.Name, w, h) {
		for seq := l.Inc.Head.Seq; seq > 0 && len(l.drawn.lines) < h; seq-- {
			l.drawn.lines = append(l.drawn.lines, " "+l.EntryLine(seq, w-1))
		}
	}
	return l.drawn.lines
}

// column is the right column of a wide terminal: the last entries, and below
// them notes and evidence.
func (l *log) column(w, h int) []string {
	t := l.UI.Theme
	var kept []string
	for i := len(l.kept) - 1; i >= 0 && len(kept) < h/3; i-- {
		kept = append(kept, l.EntryBlock(l.kept[i], w-2)...)
	}
	lower := 0
	if len(kept) > 0 {
		kept = append([]string{" " + t.Title.Render("Notes and evidence")}, kept...)
		lower = min(len(kept), h/3)
	}
	lines := []string{" " + t.Title.Render("Log") + t.Dim.Render("  "+kit.Entries(int(l.Inc.Head.Seq)))}
	lines = append(lines, l.block(w-2, h-lower-1)...)
	return append(widget.Fit(lines, w, h-lower), widget.Fit(kept, w, lower)...)
}

// block draws the last entries in a column, the newest first.
func (l *log) block(w, h int) []string {
	if l.drawn.is(l.Inc, l.UI.Theme.Name, w, h) {
		return l.drawn.lines
	}
	var lines []string
	for seq := l.Inc.Head.Seq; seq > 0 && len(lines) < h; seq-- {
		lines = append(lines, l.EntryBlock(seq, w)...)
	}
	l.drawn.lines = lines
	return lines
}
