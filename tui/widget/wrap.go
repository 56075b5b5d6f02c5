package widget

import (
	"strings"

	"muster/state/clean"
)

// Wrap returns text, which may hold \n, as lines of at most width cells. Lines
// break between words, beside wide characters, and inside a word only when it is
// wider than a line. Indentation and spaces inside a line are kept. The text may
// come from outside: it is cleaned.
func Wrap(text string, width int) []string {
	if width <= 0 {
		return nil
	}
	return wrapSpans([]span{{text: clean.Text(text)}}, width)
}

// span is text in one style.
type span struct {
	text  string
	style Style
}

// wrapSpans wraps spans that follow each other without a break. Each line is
// styled by itself, so that lines can be set side by side.
func wrapSpans(spans []span, width int) []string {
	w := wrapper{width: width}
	for _, s := range spans {
		w.add(s)
	}
	w.flush()
	w.endLine()
	return w.lines
}

// wrapper fills one line after another.
type wrapper struct {
	width int
	lines []string

	line []span // the line being filled
	used int    // its cells

	gap      []span // spaces after it, written only if a word follows
	gapWidth int

	word      []span // what may not be broken, unless it is wider than a line
	wordWidth int
}

// add takes the text of s apart into words, spaces and newlines.
func (w *wrapper) add(s span) {
	text := s.text
	for text != "" {
		n := strings.IndexAny(text, " \n")
		switch {
		case n < 0:
			w.letters(text, s.style)
			return
		case n > 0:
			w.letters(text[:n], s.style)
			text = text[n:]
		case text[0] == '\n':
			w.flush()
			w.endLine()
			text = text[1:]
		default:
			n = len(text) - len(strings.TrimLeft(text, " "))
			w.flush()
			w.gap = append(w.gap, span{text[:n], s.style})
			w.gapWidth += n
			text = text[n:]
		}
	}
}

// letters adds text without spaces to the word. Beside a wide character a line
// may be broken, as Chinese and Japanese are written.
func (w *wrapper) letters(text string, style Style) {
	width, kind := scan(text)
	if kind == simple {
		w.word = append(w.word, span{text, style})
		w.wordWidth += width
		return
	}
	for text != "" {
		cluster, width := next(text)
		if width > 1 {
			w.flush()
		}
		w.word = append(w.word, span{cluster, style})
		w.wordWidth += width
		if width > 1 {
			w.flush()
		}
		text = text[len(cluster):]
	}
}

// flush puts the word on the line, or on the next if there is no room.
func (w *wrapper) flush() {
	if len(w.word) == 0 {
		return
	}
	if w.used+w.gapWidth+w.wordWidth > w.width && w.used > 0 {
		w.endLine()
	}
	if w.gapWidth+w.wordWidth <= w.width {
		w.line = append(w.line, w.gap...)
		w.used += w.gapWidth
	}
	w.gap, w.gapWidth = w.gap[:0], 0
	for _, s := range w.word {
		w.put(s)
	}
	w.word, w.wordWidth = w.word[:0], 0
}

// put writes s on the line and breaks it wherever the line is full.
func (w *wrapper) put(s span) {
	if n := Width(s.text); w.used+n <= w.width {
		w.line = append(w.line, s)
		w.used += n
		return
	}
	start := 0
	for i := 0; i < len(s.text); {
		cluster, width := next(s.text[i:])
		if w.used+width > w.width {
			w.line = append(w.line, span{s.text[start:i], s.style})
			if w.used > 0 {
				w.endLine()
			}
			start = i
		}
		if width > w.width {
			w.line, w.used = append(w.line, span{ellipsis, s.style}), 1
			start = i + len(cluster)
		} else {
			w.used += width
		}
		i += len(cluster)
	}
	w.line = append(w.line, span{s.text[start:], s.style})
}

// endLine draws the line and begins the next.
func (w *wrapper) endLine() {
	w.lines = append(w.lines, drawSpans(w.line))
	w.line, w.used = w.line[:0], 0
	w.gap, w.gapWidth = w.gap[:0], 0
}

// drawSpans draws spans one after the other, neighbours of one style together.
func drawSpans(spans []span) string {
	if len(spans) == 1 {
		return spans[0].style.Render(spans[0].text)
	}
	var line, part strings.Builder
	var style Style
	for _, s := range spans {
		if s.style != style {
			line.WriteString(style.Render(part.String()))
			part.Reset()
			style = s.style
		}
		part.WriteString(s.text)
	}
	line.WriteString(style.Render(part.String()))
	return line.String()
}
