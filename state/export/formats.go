package export

import (
	"bufio"
	"io"
	"strings"

	"muster/state"
)

// forms are all formats, the one for people first.
func forms() []form {
	return []form{markdownForm(), htmlForm(), jsonForm(), csvForm(), xlsxForm(), linesForm(), bundleForm(),
		timesketchForm(), irisForm(), irisAssetsForm(), icsForm()}
}

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

// has reports whether a format has a trait. One that there is not has none.
func (f Format) has(one traits) bool {
	form := f.form()
	return form != nil && form.is&one != 0
}

// Help says what a format is, in a few words; nothing if there is no such.
func (f Format) Help() string {
	if form := f.form(); form != nil {
		return form.help
	}
	return ""
}

// OfLines reports whether a format has the log's own lines, which WriteLines or
// WriteBundle writes, and Write cannot.
func (f Format) OfLines() bool {
	form := f.form()
	return form != nil && form.write == nil
}

// ForFiles reports whether a format is nothing for a terminal.
func (f Format) ForFiles() bool { return f.has(forFiles) }

// OfEntries reports whether a format has one record an entry, so that it can have some of them;
// see Options.Choice.
func (f Format) OfEntries() bool { return f.has(ofEntries) }

// Ext is what the names of a format's files end in, with the dot.
func (f Format) Ext() string {
	if form := f.form(); form != nil {
		return form.ext
	}
	return ""
}

// ForPeople reports whether people read a format, so that the zone of its times and the
// order of its entries can be chosen.
func (f Format) ForPeople() bool { return f.has(forPeople) }

// Formats lists every format, the one for people first.
func Formats() []Format {
	var names []Format
	for _, form := range forms() {
		names = append(names, form.name)
	}
	return names
}

// FormatOf is the format that a file's name ends in; false if that is none's. Of two such
// endings, as .jsonl and .timesketch.jsonl, the longer one says it.
func FormatOf(file string) (Format, bool) {
	found := form{}
	for _, form := range forms() {
		if len(file) > len(form.ext) && strings.EqualFold(file[len(file)-len(form.ext):], form.ext) && len(form.ext) > len(found.ext) {
			found = form
		}
	}
	return found.name, found.name != ""
}

// Write writes the incident in a format that is not the log's own lines. It only reads inc. An
// error is w's, or says that there is nothing to export.
func Write(w io.Writer, inc *state.Incident, format Format, opts Options) error {
	if inc == nil || len(inc.Log) == 0 {
		return errEmpty
	}
	form := format.form()
	switch {
	case form == nil:
		_, err := ParseFormat(string(format))
		return err
	case form.write == nil:
		return errLines
	}
	out := bufio.NewWriterSize(w, 64<<10)
	if err := form.write(out, inc, opts); err != nil {
		return err
	}
	return out.Flush()
}

// ParseFormat reads a format's name, in any case; see [state.FindWord].
func ParseFormat(name string) (Format, error) {
	return state.FindWord(state.NounFormat, name, Formats())
}
