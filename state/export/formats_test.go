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
