package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"muster/state"
	"muster/state/clean"
	"muster/state/sorted"
	"muster/state/view"
)

// A verdict is what was found out about a log, while it is read.
type verdict struct {
	view.Verdict
	signatures []*signatureCheck
	stamps     stampChecks
	vouchedBy  string // the signer that vouches for Vouched; "" for a witness
	lacks      view.Withheld
	parts      state.Parts
	unbroken   bool   // no line is broken
	newer      bool   // the bad line is of a newer format, and may be good
	incident   string // its id, by the log; "" if that is withheld
	files      recordedFiles
	merged     bool // branches were taken over
	alone      bool // the log is a file, of which nobody knows what was acknowledged
}

// see takes note of one good entry.
func (v *verdict) see(entry state.Entry) {
	v.Mode, v.Exercise = entry.Mode, entry.Mode == state.Drill
	v.identify(&entry)
	if entry.Withheld.Has(state.Facts) {
		v.lacks.Entries++
	} else if entry.Withheld != 0 {
		v.lacks.Partly++
		v.lack(entry.Withheld)
		v.parts |= entry.Withheld
	}
	v.name(entry)
	v.merged = v.merged || entry.Kind == state.KindLogMerged
	v.files.see(entry)
	v.seeSigned(entry)
	v.stamps.see(&entry)
	if len(v.Heads) == 0 {
		return
	}
	for i := range v.Heads {
		given := v.Heads[i].Given
		if given == entry.Hash.Code() || given == entry.Hash.String() {
			v.Heads[i].Entry, v.Vouched = entry.Seq, entry.Seq
			v.vouchedBy = ""
		}
	}
}

// identify takes in which incident it is, and from when to when it was recorded: a file can be
// called anything, and lie in another's folder.
func (v *verdict) identify(entry *state.Entry) {
	at := entry.Recorded.UTC()
	if v.Last = &at; entry.Seq == 1 {
		v.First = &at
	}
	switch data := entry.Data.(type) {
	case *state.IncidentOpened:
		if entry.Seq == 1 {
			v.ID, v.Title = data.ID, data.Title
		}
	case *state.TitleChanged:
		v.Title = data.Title
	}
	if v.Title == state.WithheldText {
		v.Title = ""
	}
}

// identity is which incident it is, as it is printed.
func (v *verdict) identity() string {
	if v.First == nil {
		return ""
	}
	incident := "not known: the first entry is withheld"
	if v.ID != "" {
		incident = v.ID
		if v.Title != "" {
			incident += ", " + strconv.Quote(v.Title)
		}
		if whole, err := filepath.Abs(v.File); err == nil && filepath.Base(whole) == "log.jsonl" && filepath.Base(filepath.Dir(whole)) != v.ID {
			incident += "; its folder is called " + filepath.Base(filepath.Dir(whole))
		}
	}
	const day = "2006-01-02 15:04:05 -07:00"
	return fmt.Sprintf("incident      %s\nrecorded      %s to %s\n", clean.Line(incident), v.First.Format(day), v.Last.Format(day))
}

// lack counts the parts that an entry lacks.
func (v *verdict) lack(parts state.Parts) {
	for _, name := range parts.Names() {
		at := slices.IndexFunc(v.lacks.Parts, func(p view.PartCount) bool { return p.Part == name })
		if at < 0 {
			at = len(v.lacks.Parts)
			v.lacks.Parts = append(v.lacks.Parts, view.PartCount{Part: name})
		}
		v.lacks.Parts[at].Entries++
	}
}

// told is the verdict as --json prints it.
func (v *verdict) told() view.Verdict {
	out := v.Verdict
	if !v.newer {
		out.Integrity = &v.unbroken
	}
	if v.lacks.Entries+v.lacks.Partly > 0 {
		out.Withheld = &v.lacks
	}
	out.Signed = make([]view.Signature, 0, len(v.signatures))
	for _, s := range v.signatures {
		out.Signed = append(out.Signed, s.Signature)
	}
	out.Stamps = v.stamps.told()
	return out
}

// good reports whether nothing was found.
func (v *verdict) good() bool {
	for _, w := range v.Heads {
		if w.Entry == 0 {
			return false
		}
	}
	for _, s := range v.signatures {
		if s.Problem != "" {
			return false
		}
	}
	for _, kept := range v.Branches {
		if !kept.Good && kept.Found != "withheld" {
			return false
		}
	}
	return v.unbroken && v.stamps.good() && v.Missing == 0 && (v.Torn == 0 || !v.alone) && (v.Evidence == nil || v.Evidence.Good) && len(v.Contradicts) == 0
}

func (v *verdict) text() string {
	var b strings.Builder
	if v.Exercise {
		b.WriteString("EXERCISE EXERCISE EXERCISE\n")
	}
	fmt.Fprintf(&b, "%s\n", clean.Line(v.File))
	switch {
	case v.unbroken && v.Torn > 0 && v.alone:
		fmt.Fprintf(&b, "integrity     GOOD up to entry %d, and %d bytes behind it are no whole entry: the end was cut off, or a write was cut short\n", v.Entries, v.Torn)
	case v.unbroken:
		fmt.Fprintf(&b, "integrity     GOOD: %s, each as written and following from the one before\n", plural(v.Entries, "entry", "entries"))
	case v.newer:
		fmt.Fprintf(&b, "integrity     UNKNOWN from line %d on: %s\n", v.Line, clean.Line(v.Problem))
		fmt.Fprintf(&b, "              before it: %s, good\n", plural(v.Entries, "entry", "entries"))
	default:
		fmt.Fprintf(&b, "integrity     BROKEN at line %d: %s\n", v.Line, clean.Line(v.Problem))
		fmt.Fprintf(&b, "              before it: %s, good; nothing after it can be relied on\n", plural(v.Entries, "entry", "entries"))
	}
	if v.Unended {
		b.WriteString("              the last line lacks its line end; it is whole, and counts\n")
	}
	if v.Torn > 0 && !v.alone {
		fmt.Fprintf(&b, "              %d bytes behind the last entry were never acknowledged (a write cut short)\n", v.Torn)
	}
	if v.lacks.Entries > 0 {
		fmt.Fprintf(&b, "              the content of %d entries is withheld; their place in the chain is proven\n", v.lacks.Entries)
	}
	if v.lacks.Partly > 0 {
		fmt.Fprintf(&b, "              withheld: %s, of %s; that they were there, and their hashes, are proven\n", strings.Join(v.parts.Names(), ", "), plural(uint64(v.lacks.Partly), "entry", "entries"))
	}
	b.WriteString(v.completeness())
	b.WriteString(v.named())
	b.WriteString(v.files.text(v.Evidence))
	b.WriteString(branchText(v.Branches))
	b.WriteString(consistency(v.unbroken, v.lacks.Entries+v.lacks.Partly > 0, v.Contradicts))
	if v.Entries > 0 {
		b.WriteString(v.identity())
		fmt.Fprintf(&b, "mode          %s\nhead          %s  entry %d\n              %s\n", v.Mode, v.Head.Code, v.Entries, v.Head.Hash)
	}
	return b.String()
}

func (v *verdict) completeness() string {
	var b strings.Builder
	switch {
	case len(v.Heads) == 0 && len(v.signatures) > 0 && v.Vouched == 0:
		b.WriteString(v.signedOnly())
	case len(v.Heads) == 0 && v.Vouched == 0:
		b.WriteString("completeness  UNKNOWN: no head from a witness was given (--head); the end may have been cut off\n")
	case v.Vouched == 0:
		b.WriteString("completeness  BROKEN: no head that was given is in this log\n")
	default:
		fmt.Fprintf(&b, "completeness  vouched for up to entry %d of %d%s\n", v.Vouched, v.Entries, v.bySignature())
	}
	for _, w := range v.Heads {
		if w.Entry == 0 {
			fmt.Fprintf(&b, "              %s IS NOT IN THIS LOG: entries were cut off or changed, or it is another log\n", w.Given)
			if hexadecimal(w.Given) {
				b.WriteString("              Or it is one of the four lines of a whole hash: then give all four as one --head.\n")
			}
		} else {
			fmt.Fprintf(&b, "              %s is entry %d\n", w.Given, w.Entry)
		}
	}
	for _, s := range v.signatures {
		fmt.Fprintf(&b, "              %s\n", clean.Line(s.text()))
	}
	b.WriteString(v.stamps.text())
	if v.Missing > 0 {
		fmt.Fprintf(&b, "              ENTRIES ARE MISSING: this machine once had %d of them\n", v.Missing)
	}
	return b.String()
}

// seeSigned finds the entries up to which the signatures go.
func (v *verdict) seeSigned(entry state.Entry) {
	for _, s := range v.signatures {
		if s.Problem != "" || s.statement.Head.Seq != entry.Seq || s.statement.Head.Hash != entry.Hash {
			continue
		}
		if v.incident != "" && s.statement.Incident != v.incident {
			s.Problem = fmt.Sprintf("it speaks of the incident %s, and the log is of %s", s.statement.Incident, v.incident)
			continue
		}
		s.Entry = entry.Seq
		if s.Signer != "" {
			v.Vouched, v.vouchedBy = entry.Seq, "signature of "+s.Signer+" ("+s.Key+")"
		}
	}
}

// checkStamps finds out about the stamps, and takes note of what they vouch for.
func (v *verdict) checkStamps(ctx context.Context, path string) error {
	last, err := v.stamps.check(ctx, path)
	if last != nil && last.Entry > v.Vouched {
		v.Vouched, v.vouchedBy = last.Entry, "the time stamp of "+last.Authority+", "+last.At.Format("2006-01-02 15:04:05 UTC")
	}
	return err
}

// hexadecimal reports whether a code has hexadecimal digits alone: of sixty thousand codes
// one has, and each line of a whole hash that is read aloud.
func hexadecimal(code string) bool {
	return len(code) < 64 && strings.Trim(code, "0123456789ABCDEF-") == ""
}

// notSigned says of signatures that go up to no entry that they do not.
func (v *verdict) notSigned() {
	for _, s := range v.signatures {
		if s.Problem == "" && s.Entry == 0 {
			s.Problem = fmt.Sprintf("entry %d with the head %s IS NOT IN THIS LOG: entries were cut off or changed, or it is another log", s.statement.Head.Seq, s.statement.Head.Hash.Code())
		}
	}
}

// bySignature says by whose signature the log is vouched for, if it is by one.
func (v *verdict) bySignature() string {
	if v.vouchedBy == "" {
		return ""
	}
	return " by " + clean.Line(v.vouchedBy)
}

// signedOnly is the verdict where there are signatures of keys that may be anybody's.
func (v *verdict) signedOnly() string {
	var last *signatureCheck
	for _, s := range v.signatures {
		if s.Problem == "" && (last == nil || s.Entry > last.Entry) {
			last = s
		}
	}
	if last == nil {
		return "completeness  BROKEN: no signature that was given holds for this log\n"
	}
	return fmt.Sprintf("completeness  vouched for up to entry %d of %d by signature of %s,\n"+
		"              if that is the key of somebody you trust: say whose keys count with --signers\n", last.Entry, v.Entries, last.Key)
}

// name takes note of whom the log names.
func (v *verdict) name(entry state.Entry) {
	switch data := entry.Data.(type) {
	case *state.IncidentOpened:
		v.incident = data.ID
	case *state.HeadWitnessed:
		v.Named = append(v.Named, view.Witness{Witness: data.Witness, How: data.How, At: entry.When().UTC(), Head: data.Head, Code: data.Head.Code(), Entry: data.Entry, By: entry.By.Name, Seq: entry.Seq})
	case *state.HeadSigned:
		v.Named = append(v.Named, view.Witness{Fingerprint: data.Fingerprint, At: entry.When().UTC(), Head: data.Head, Code: data.Head.Code(), Entry: data.Entry, By: entry.By.Name, Seq: entry.Seq})
	case *state.LogStamped:
		v.Named = append(v.Named, view.Witness{Authority: data.Authority, Stamped: &data.Time, At: entry.When().UTC(), Head: data.Head, Code: data.Head.Code(), Entry: data.Entry, By: entry.By.Name, Seq: entry.Seq})
	case *state.EntryRetracted:
		v.Named = sorted.Without(v.Named, func(w view.Witness) bool { return w.Seq == data.Seq })
	}
}

// maxNamed is how many of those whom the log names are printed, the last ones.
const maxNamed = 20

// named says whom to ask.
func (v *verdict) named() string {
	if len(v.Named) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("to ask        The log's own word is no proof: ask these for what they wrote down or signed.\n")
	if more := len(v.Named) - maxNamed; more > 0 {
		fmt.Fprintf(&b, "              (%s before these)\n", plural(uint64(more), "other", "others"))
	}
	for _, w := range v.Named[max(0, len(v.Named)-maxNamed):] {
		who := w.Witness
		if w.Fingerprint != "" {
			who = w.By + ", who signed with " + w.Fingerprint
		}
		if w.Stamped != nil {
			who = orSomebody(w.Authority) + ", which stamped it"
		}
		if w.How != "" {
			who += ", " + w.How
		}
		fmt.Fprintf(&b, "              %s: up to entry %d, says entry %d\n", clean.Line(who), w.Entry, w.Seq)
	}
	return b.String()
}
