package export

import (
	"bufio"
	"fmt"
	"strings"

	"muster/runbooks"
	"muster/state"
	"muster/state/clean"
	"muster/state/view"
)

// IRIS is one event an entry, as DFIR-IRIS's import of a timeline reads it.
const IRIS Format = "iris"

// IRISAssets is what the events of [IRIS] are about, which must be in the case before them.
const IRISAssets Format = "iris-assets"

func irisForm() form {
	return form{IRIS, "one event an entry, for DFIR-IRIS's timeline; import iris-assets first", ".iris.csv", ofEntries, writeIRIS}
}

func irisAssetsForm() form {
	return form{IRISAssets, "the services, for DFIR-IRIS's assets", ".iris-assets.csv", 0, writeIRISAssets}
}

// The columns that DFIR-IRIS reads, in its order: it takes the first line for a row if it
// is not exactly this.
const (
	irisColumns      = "event_date,event_tz,event_title,event_category,event_content,event_raw,event_source,event_assets,event_iocs,event_tags\n"
	irisAssetColumns = "asset_name,asset_type_name,asset_description,asset_ip,asset_domain,asset_tags\n"
)

// writeIRIS writes one event an entry. One row that DFIR-IRIS cannot read refuses all: no
// cell has a line break of any kind, a title has two characters, and an asset is named as in
// the other file. Cells are for a program, so that none gets an apostrophe.
func writeIRIS(out *bufio.Writer, inc *state.Incident, opts Options) error {
	s, assets := newSheet(inc, opts), irisNames(inc)
	if _, err := out.WriteString(irisColumns); err != nil {
		return err
	}
	order := opts.entries(inc)
	return writeChunks(out, len(order), func(dst []byte, from, to int) ([]byte, error) {
		for _, seq := range order[from:to] {
			e, err := view.EntryAt(inc, seq)
			if err != nil {
				return nil, err
			}
			counts, _ := inc.Entry(seq)
			about := view.AboutOf(inc, &counts)
			dst = appendCells(dst, e.Occurred.UTC().Format("2006-01-02T15:04:05.000"), "+00:00", irisTitle(&e), irisCategory(inc, &counts),
				irisContent(&e), dataText(&e), irisSource(s, seq), assets[about.Service], "", strings.Join(eventTags(&e, s.marked[seq]), "|"))
		}
		return dst, nil
	})
}

// maxIRISTitle is how much of what an entry records is in its title, in bytes: all of it is
// in the content.
const maxIRISTitle = 200

func irisTitle(e *view.Entry) string {
	if title := clean.Bounded(eventTitle(e), maxIRISTitle); len([]rune(title)) > 1 {
		return title
	}
	return string(e.Kind)
}

// irisCategory is one of DFIR-IRIS's own categories. What is not plainly one of the others
// is Unspecified.
func irisCategory(inc *state.Incident, e *state.Entry) string {
	s := inc.Step(inc.StepOf(*e))
	switch to := state.ServiceState(view.AboutOf(inc, e).State); to {
	case state.Affected, state.Regressed:
		return "Impact"
	case state.ShutDown, state.Restoring, state.Restored, state.Verified:
		return "Remediation"
	}
	if _, done := e.Data.(*state.StepDone); done && s != nil && (s.Def.Kind == runbooks.Shutdown || s.Def.Kind == runbooks.Restore) {
		return "Remediation"
	}
	return "Unspecified"
}

// irisContent says all of an entry that the other columns do not.
func irisContent(e *view.Entry) string {
	var t strings.Builder
	fmt.Fprintf(&t, "%s — by %s", clean.Bounded(eventTitle(e), maxCell/4), clean.Line(e.By))
	if e.Role != "" {
		t.WriteString(" (" + clean.Line(e.Role) + ")")
	}
	fmt.Fprintf(&t, ", recorded %s", e.Recorded.UTC().Format("2006-01-02 15:04:05 UTC"))
	if e.AmendedBy != 0 {
		fmt.Fprintf(&t, "; amended by entry %d", e.AmendedBy)
	}
	if e.Override != nil {
		fmt.Fprintf(&t, "; OVERRIDE of %s: %s", view.JoinReasons(e.Override.Of), state.Quoted(clean.Line(clean.Bounded(e.Override.Why, maxCell/4))))
	}
	if len(e.Parts) > 0 {
		fmt.Fprintf(&t, "; withheld: %s", strings.Join(e.Parts, ", "))
	}
	if text := clean.Line(clean.Bounded(e.Text, maxCell/4)); text != "" && !strings.Contains(e.What, text) {
		t.WriteString(". " + text)
	}
	return t.String()
}

// irisSource says which log an event is from; seq 0 is of no entry.
func irisSource(s *sheet, seq uint64) string {
	id, tlp, program, entries, head, damage := orWithheld(s.about[0]), s.about[1], s.about[2], s.about[3], s.about[5], s.about[6]
	if tlp == "" {
		tlp = "not marked"
	}
	entry := "of " + entries + " entries"
	if seq != 0 {
		entry = fmt.Sprintf("entry %d of %s", seq, entries)
	}
	text := fmt.Sprintf("%s, %s, %s, TLP %s, log %s, written by %s", id, entry, s.inc.Log[0].Mode, tlp, head, program)
	if damage != "" {
		text += ", DAMAGED: " + damage
	}
	return text
}

// orWithheld is a text that every log has.
func orWithheld(text string) string {
	if text == "" {
		return state.WithheldText
	}
	return text
}

// irisNames is the asset for each service's title. DFIR-IRIS takes no two whose names differ
// in case alone, and divides names at semicolons.
func irisNames(inc *state.Incident) map[string]string {
	names, canon := make(map[string]string), make(map[string]string)
	for i := range inc.Services {
		title := view.ServiceTitle(inc, inc.Services[i].ID)
		name := strings.TrimSpace(clean.Bounded(oneLine(strings.ReplaceAll(title, ";", ",")), maxIRISTitle))
		if name == "" {
			continue
		}
		key := strings.ToLower(name)
		if canon[key] == "" {
			canon[key] = name
		}
		names[title] = canon[key]
	}
	return names
}

// writeIRISAssets writes one asset a service. DFIR-IRIS has no kind of asset for a service,
// and muster does not know what it runs on, which the description says.
func writeIRISAssets(out *bufio.Writer, inc *state.Incident, opts Options) error {
	s, names := newSheet(inc, opts), irisNames(inc)
	dst, seen := []byte(irisAssetColumns), make(map[string]bool)
	for i := range inc.Services {
		service := &inc.Services[i]
		name := names[view.ServiceTitle(inc, service.ID)]
		if name == "" || seen[name] {
			continue
		}
		seen[name] = true
		tags := []string{"muster"}
		text := fmt.Sprintf("A service, %s by the log; the type is a placeholder: what it runs on is not in the log. From %s", service.State, irisSource(s, 0))
		if inc.Log[0].Mode == state.Drill {
			tags, text = append(tags, exercise), exercise+": "+text
		}
		dst = appendCells(dst, name, "Linux - Server", text, "", "", strings.Join(tags, "|"))
	}
	_, err := out.Write(dst)
	return err
}

// oneLine is a text without control characters and without line breaks of any kind that a
// program might find: Python's splitlines finds more than others.
func oneLine(text string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '\n', '\r', '\v', '\f', 0x1c, 0x1d, 0x1e, 0x85, 0x2028, 0x2029:
			return ' '
		}
		return r
	}, clean.Line(text))
}

// appendCells writes a row of a csv file for a program.
func appendCells(dst []byte, cells ...string) []byte {
	for i, text := range cells {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = appendField(dst, oneLine(clean.Bounded(text, maxCell)))
	}
	return append(dst, '\n')
}
