package plain

import (
	"fmt"
	"io"
	"strings"

	"muster/state/clean"
	"muster/tui/widget"
)

// A printer writes lines, and a prompt behind them.
type printer struct {
	out    io.Writer
	echo   bool  // what was typed is not seen otherwise
	prompt bool  // the last line is a prompt: what is said next begins a new one
	said   int   // lines
	err    error // the first
}

// say writes a text, line by line. It is raw: whatever would control a terminal goes.
func (w *printer) say(text string) {
	w.end()
	for _, line := range strings.Split(text, "\n") {
		if line = strings.TrimRight(clean.Line(widget.Strip(line)), " "); line != "" { // an empty one says nothing
			w.write(line + "\n")
			w.said++
		}
	}
}

func (w *printer) sayf(format string, values ...any) { w.say(fmt.Sprintf(format, values...)) }

// ask writes the prompt, at the end.
func (w *printer) ask(prompt string) {
	if !w.prompt {
		w.write(clean.Line(prompt) + "> ")
	}
	w.prompt = true
}

// end ends the last line.
func (w *printer) end() {
	if w.prompt {
		w.write("\n")
	}
	w.prompt = false
}

// typed notes that a line was typed behind the prompt.
func (w *printer) typed(text string) {
	if !w.prompt {
		return
	}
	w.prompt = false
	if w.echo {
		w.write(clean.Line(text) + "\n")
	}
}

// write writes text that is clean.
func (w *printer) write(text string) {
	if w.err == nil {
		_, w.err = io.WriteString(w.out, text)
	}
}
