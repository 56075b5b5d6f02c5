package export_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"muster/runbooks"
	"muster/state"
	"muster/state/clean"
	"muster/state/export"
	"muster/state/view"
)

// builtinForms are the forms that come with the program.
func builtinForms(tb testing.TB) []*runbooks.FormSource {
	tb.Helper()
	list, problems := runbooks.OpenForms(runbooks.BuiltinForms()).List(tb.Context())
	if len(problems) > 0 || len(list) == 0 {
		tb.Fatal(problems)
	}
	return list
}

// TestFormsOfCopies: a form that is filled in from a copy says nothing but less: what the
// whole log says, that a name is withheld, or that it is not known.
func TestFormsOfCopies(t *testing.T) {
	forms := builtinForms(t)
	rapid.Check(t, func(rt *rapid.T) {
		s := grown(t, rt)
		source := rapid.SampledFrom(forms).Draw(rt, "form")
		field := rapid.SampledFrom(source.Form.Fields).Draw(rt, "field")
		if field.Type == runbooks.AskText && field.Fixed == "" && field.Pattern == "" && s.inc.Closed == nil {
			s.do("Ada", state.AnswerForm{Form: source.Form.Root, Field: field, Value: "it is so"})
		}
		sets := rapid.SliceOfN(rapid.Uint8Range(0, uint8(state.AllParts)), len(s.lines), len(s.lines)).Draw(rt, "sets")
		few := rapid.Uint64Range(1, uint64(len(s.lines))).Draw(rt, "few") // whole lines withheld, or all without the same parts, or anything
		how := rapid.IntRange(0, 2).Draw(rt, "how")
		copied := s.copied(func(seq uint64) state.Parts {
			switch {
			case how == 0 && seq != few:
				return 0
			case how == 1:
				return state.Parts(sets[0])
			}
			return state.Parts(sets[seq-1])
		})
		opts := view.FormOptions{Program: program, At: s.now}
		whole, less := view.NewForm(s.incident(), source, opts), view.NewForm(copied, source, opts)
		for i := range whole.Fields {
			was, is := whole.Fields[i], less.Fields[i]
			if strings.HasPrefix(is.From, "events:") { // entries in their own words, which name steps by what is left of them
				continue
			}
			if is.Value != nil && !strings.Contains(*is.Value, state.WithheldText) && (was.Value == nil || *was.Value != *is.Value) {
				rt.Fatalf("%s of %s is %q, and of the whole log %s", is.ID, source.ID, *is.Value, orUnknown(was.Value))
			}
			if is.Applies != nil && was.Applies != nil && *is.Applies != *was.Applies {
				rt.Fatalf("whether %s applies is %v, and of the whole log %v", is.ID, *is.Applies, *was.Applies)
			}
		}
	})
}

// TestDownUntilAWithheldClosing: an incident is closed as of a time before the entry that says
// so. Without that entry nobody knows how long a service that was down then was down.
func TestDownUntilAWithheldClosing(t *testing.T) {
	s := &scribe{tb: t, now: day}
	s.do("Ada", state.OpenIncident{ID: "2026-11-24-amber-heron", Mode: state.Live, Runbook: document("intrusion", book(""))})
	s.do("Ada", state.SetService{Service: "gisis", State: state.Affected, Why: "seen"})
	s.now = s.now.Add(time.Hour)
	s.act("Ada", state.CloseIncident{Summary: "over"}, s.now.Add(-30*time.Minute), "as it is") // half an hour before it is recorded
	copied := s.copied(func(seq uint64) state.Parts {
		if seq == 3 {
			return state.AllParts
		}
		return 0
	})
	for name, inc := range map[string]*state.Incident{"the log": s.incident(), "a copy without the closing": copied} {
		page, down := written(t, inc, export.Markdown, export.Options{}), view.New(inc, view.Options{}).Impact
		told := down.Down != nil && down.Outages[0].Down != nil && strings.Contains(page, "Some service is recorded as down for")
		if want := inc != copied; told != want || strings.Contains(page, "not known: what would tell is withheld") == want || !down.Outages[0].Ongoing {
			t.Errorf("%s: how long it was down is told: %v\n%+v", name, told, down.Outages[0])
		}
	}
}

func orUnknown(value *string) string {
	if value == nil {
		return "not known"
	}
	return *value
}

// TestFormsAreClean: whatever people typed, a form draws it harmless, twice alike, in every
// format; and a drill is marked in all of them.
func TestFormsAreClean(t *testing.T) {
	hostile := "\x1b[31m<script>alert(1)</script> | # **x** \u202e\n\n- y [z](http://x) «"
	for _, mode := range []state.Mode{state.Live, state.Drill} {
		inc := story(t, mode, hostile).incident()
		for _, source := range builtinForms(t) {
			f := export.NewForm(inc, source, view.FormOptions{Program: program, Zone: time.FixedZone("", 3600)})
			for format, write := range map[string]func(*bytes.Buffer) error{
				"md": func(b *bytes.Buffer) error { return f.Markdown(b) }, "html": func(b *bytes.Buffer) error { return f.HTML(b) }, "json": func(b *bytes.Buffer) error { return f.JSON(b) },
				"text":     func(b *bytes.Buffer) error { b.WriteString(f.Text()); return nil },
				"sendable": func(b *bytes.Buffer) error { text, err := f.Sendable(); b.WriteString(text); return err },
			} {
				var first, second bytes.Buffer
				if write(&first) != nil || write(&second) != nil || !bytes.Equal(first.Bytes(), second.Bytes()) {
					t.Fatalf("%s as %s is written twice, otherwise", source.ID, format)
				}
				text := first.String()
				switch marked := strings.Contains(text, "EXERCISE") || strings.Contains(text, `"exercise": true`); {
				case marked != (mode == state.Drill):
					t.Errorf("%s as %s: EXERCISE is %v in a %s", source.ID, format, marked, mode)
				case strings.ContainsAny(text, "\x1b\u202e"):
					t.Errorf("%s as %s has what a terminal obeys", source.ID, format)
				case format == "html" && strings.Contains(text, "<script"), format == "md" && strings.Contains(text, "<script"):
					t.Errorf("%s as %s has a script", source.ID, format)
				case format == "text" && clean.Text(text) != text:
					t.Errorf("%s as %s is not clean", source.ID, format)
				case (format == "md" || format == "html" || format == "text") && !strings.Contains(text, inc.Head.Hash.Code()):
					t.Errorf("%s as %s does not name the head", source.ID, format)
				}
			}
		}
	}
}
