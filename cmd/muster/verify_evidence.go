package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"muster/state"
	"muster/state/clean"
	"muster/state/view"
)

// recordedFiles are the files that a log's entries record, each once.
type recordedFiles struct {
	order    []view.Misfiled // with nothing found yet
	sizes    map[state.Hash]int64
	places   map[state.Hash]string // what their names in a bundle begin with
	withheld int                   // entries that do not say which
}

// see takes note of the files of one good entry.
func (f *recordedFiles) see(entry state.Entry) {
	if entry.Withheld.Has(state.Facts) || entry.Withheld.Has(state.Evidence) {
		if state.RecordsFiles(entry.Kind) {
			f.withheld++
		}
		return
	}
	for n, file := range state.FilesOf(entry) {
		if _, has := f.sizes[file.SHA256]; has {
			continue
		}
		if f.sizes == nil {
			f.sizes, f.places = make(map[state.Hash]int64), make(map[state.Hash]string)
		}
		f.places[file.SHA256] = fmt.Sprintf("%d-%d-", entry.Seq, n+1)
		f.sizes[file.SHA256] = file.Size
		f.order = append(f.order, view.Misfiled{Seq: entry.Seq, Name: file.Name, SHA256: file.SHA256})
	}
}

// check looks at each file beside the log at path; nil if no folder of them is there,
// and none must be. Beside a store's own log it must.
func (f *recordedFiles) check(ctx context.Context, path string, must bool) (*view.Files, error) {
	if len(f.order) > 0 && !must && !hasEvidence(path) {
		return nil, nil
	}
	found := &view.Files{Recorded: len(f.order), Withheld: f.withheld, Wrong: []view.Misfiled{}}
	for _, file := range f.order {
		what, err := checkEvidence(ctx, path, file.SHA256, f.sizes[file.SHA256])
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case err != nil:
			file.Found = "not read: " + err.Error()
		case what == "":
			continue
		case what == "missing" && bundledAs(path, f.places[file.SHA256]):
			file.Found = "changed"
		default:
			file.Found = what
		}
		found.Wrong = append(found.Wrong, file)
	}
	found.Good = len(found.Wrong) == 0
	return found, nil
}

// bundledAs reports whether, beside the log at path, a file of the evidence lies under the
// name that a bundle gives it, whatever is in it.
func bundledAs(path, place string) bool {
	list, _ := os.ReadDir(filepath.Join(filepath.Dir(path), "evidence"))
	return slices.ContainsFunc(list, func(file os.DirEntry) bool { return strings.HasPrefix(file.Name(), place) })
}

// text is the verdict on the files, as it is printed.
func (f *recordedFiles) text(found *view.Files) string {
	var b strings.Builder
	withheld := ""
	if n := f.withheld; n > 0 {
		withheld = fmt.Sprintf(", and %s not which (withheld)", plural(uint64(n), "entry says", "entries say"))
	}
	recorded := plural(uint64(len(f.order)), "file", "files")
	switch {
	case found == nil:
		fmt.Fprintf(&b, "evidence      NOT CHECKED: %s recorded%s; there is no folder evidence beside this file\n", recorded, withheld)
	case found.Recorded == 0 && withheld == "":
		b.WriteString("evidence      no files are recorded\n")
	case found.Recorded == 0:
		fmt.Fprintf(&b, "evidence      NOT KNOWN: which files %s recorded is withheld\n", plural(uint64(f.withheld), "entry", "entries"))
	case found.Good:
		fmt.Fprintf(&b, "evidence      GOOD: %s, each as recorded%s\n", recorded, withheld)
	default:
		fmt.Fprintf(&b, "evidence      BROKEN: %d of %s not as recorded%s\n", len(found.Wrong), recorded, withheld)
		for _, file := range found.Wrong {
			fmt.Fprintf(&b, "              %s: entry %d, %q, sha256 %s\n", clean.Line(strings.ToUpper(file.Found)), file.Seq, clean.Line(file.Name), file.SHA256)
		}
	}
	return b.String()
}
