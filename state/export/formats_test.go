package export_test

import (
	"bytes"
	"strings"
	"testing"

	"muster/state"
	"muster/state/export"
)

// A format has a name, words and files of its own, and can be written: from the
// incident, or from the log's lines.
func TestFormatsAreWhole(t *testing.T) {
	inc := story(t, state.Live, "").incident()
	seen := make(map[string]export.Format)
	for _, format := range export.Formats() {
		for _, word := range []string{string(format), format.Help()} {
			if other, ok := seen[word]; ok || word == "" {
				t.Errorf("%q and %q both say %q", format, other, word)
			}
			seen[word] = format
		}
		ending := map[export.Format]string{export.Bundle: "zip", export.Timesketch: "timesketch.jsonl", export.IRIS: "iris.csv", export.IRISAssets: "iris-assets.csv"}[format]
		if ending == "" {
			ending = string(format)
		}
		if got, ok := export.FormatOf("report." + strings.ToUpper(ending)); !ok || got != format {
			t.Errorf("a file of %s is taken for %q", format, got)
		}
		var out bytes.Buffer
		if err := export.Write(&out, inc, format, export.Options{}); (err == nil) == format.OfLines() || (out.Len() > 0) == format.OfLines() {
			t.Errorf("%s: %v, %d bytes", format, err, out.Len())
		}
	}
	for _, name := range []string{"-", "report", "report.pdf", "md"} {
		if got, ok := export.FormatOf(name); ok {
			t.Errorf("%s is taken for %s", name, got)
		}
	}
	if export.Format("pdf").Help() != "" || export.Format("pdf").OfLines() {
		t.Error("there is a format pdf")
	}
}

// TestWhatFormatsAreFor: which have one record an entry, which people read, and which no
// terminal should be given.
func TestWhatFormatsAreFor(t *testing.T) {
	list := func(is func(export.Format) bool) string {
		var names []string
		for _, format := range append(export.Formats(), "pdf") {
			if is(format) {
				names = append(names, string(format))
			}
		}
		return strings.Join(names, " ")
	}
	for want, is := range map[string]func(export.Format) bool{
		"csv xlsx timesketch iris": export.Format.OfEntries, "xlsx bundle": export.Format.ForFiles, "md html csv xlsx": export.Format.ForPeople, "jsonl bundle": export.Format.OfLines,
	} {
		if got := list(is); got != want {
			t.Errorf("%q, not %q", got, want)
		}
	}
}
