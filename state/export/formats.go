package export

import (
	"bufio"
	"path"
	"strings"

	"muster/state"
)

// A Format names a form in which an incident can be written out.
type Format string

// A form is all there is to know of a format: its help, completion, files and writing
// come from here. A new one is a file with its form, and its line in forms.
type form struct {
	name Format
	help string // what it is, in a few words, behind its name
	ext  string // of its files, with the dot
	// write writes it; nil for the log's own lines, which no incident has.
	write func(out *bufio.Writer, inc *state.Incident, opts Options) error
}

// forms are all formats, the one for people first.
func forms() []form { return []form{markdownForm(), jsonForm(), csvForm(), linesForm()} }

// form is what is known of a format; nil if there is no such.
func (f Format) form() *form {
	all := forms()
	for i := range all {
		if all[i].name == f {
			return &all[i]
		}
	}
	return nil
}

// Help says what a format is, in a few words; nothing if there is no such.
func (f Format) Help() string {
	if form := f.form(); form != nil {
		return form.help
	}
	return ""
}

// OfLines reports whether a format is the log's own lines, which WriteLines writes, and
// Write cannot.
func (f Format) OfLines() bool {
	form := f.form()
	return form != nil && form.write == nil
}

// Formats lists every format, the one for people first.
func Formats() []Format {
	var names []Format
	for _, form := range forms() {
		names = append(names, form.name)
	}
	return names
}

// ParseFormat reads a format's name, in any case; see [state.FindWord].
func ParseFormat(name string) (Format, error) {
	return state.FindWord(state.NounFormat, name, Formats())
}

// FormatOf is the format that a file's name ends in; false if that is none's.
func FormatOf(file string) (Format, bool) {
	for _, form := range forms() {
		if strings.EqualFold(path.Ext(file), form.ext) {
			return form.name, true
		}
	}
	return "", false
}
