package main

import (
	"fmt"
	"slices"
	"strings"

	"muster/state"
	"muster/state/clean"
	"muster/state/export"
	"muster/state/guard"
	"muster/state/view"
)

// isProof reports whether a file is a proof of muster prove, good or not.
func isProof(path string) bool {
	file, err := guard.Open(path)
	if err != nil {
		return false
	}
	defer file.Close()
	begin := make([]byte, 64)
	n, _ := file.Read(begin)
	return export.IsProof(begin[:n])
}

// verifyProof checks a proof that one entry stands in a log.
func verifyProof(e *env, path string, given vouchers, wanted []string) error {
	if len(given.signatures)+len(given.stamps) > 0 {
		return usage(hint(fmt.Errorf("%s is a proof: it is held against heads", path), "Give with --head the one that was signed or stamped."))
	}
	text, err := readSmall(path, export.MaxProof)
	if err != nil {
		return err
	}
	v := view.Provable{File: path, Heads: []view.Found{}}
	proved, err := export.ReadProof(text)
	if err != nil {
		v.Problem = err.Error()
	} else {
		entry := view.EntryAlone(proved.Entry)
		v.Good, v.Entry, v.Size, v.Head, v.Exercise = true, &entry, proved.Size, new(headOf(proved.Head)), proved.Entry.Mode == state.Drill
	}
	for _, head := range wanted {
		found := view.Found{Given: head}
		if v.Good && (head == proved.Head.Hash.String() || head == proved.Head.Hash.Code()) {
			found.Entry = proved.Head.Seq
		}
		v.Heads = append(v.Heads, found)
	}
	if err := e.print(v, func() error { _, err := fmt.Fprint(e.out, proofText(&v)); return err }); err != nil {
		return err
	}
	if !v.Good || slices.ContainsFunc(v.Heads, func(f view.Found) bool { return f.Entry == 0 }) {
		return errFound
	}
	return nil
}

// proofText says what a proof shows.
func proofText(v *view.Provable) string {
	var b strings.Builder
	if v.Exercise {
		b.WriteString("EXERCISE EXERCISE EXERCISE\n")
	}
	fmt.Fprintf(&b, "%s\n", clean.Line(v.File))
	if !v.Good {
		fmt.Fprintf(&b, "proof         BROKEN: %s\n", clean.Line(v.Problem))
		return b.String()
	}
	fmt.Fprintf(&b, "proof         GOOD: entry %d is one of %d in the tree that entry %d records\n", v.Entry.Seq, v.Size, v.Head.Seq)
	vouched := false
	for _, f := range v.Heads {
		vouched = vouched || f.Entry != 0
	}
	switch {
	case vouched:
		fmt.Fprintf(&b, "completeness  vouched for by the head that was given\n")
	case len(v.Heads) > 0:
		fmt.Fprintf(&b, "completeness  BROKEN: this proof does not hold with a head that was given\n")
	default:
		fmt.Fprintf(&b, "completeness  UNKNOWN: no head was given (--head); whoever made this may have made the tree for it\n")
	}
	for _, f := range v.Heads {
		if f.Entry == 0 {
			fmt.Fprintf(&b, "              %s IS NOT ITS HEAD\n", f.Given)
		}
	}
	e := v.Entry
	fmt.Fprintf(&b, "entry         %d  %s  %s, recorded %s\n", e.Seq, e.Mode, e.Kind, e.Recorded.Format("2006-01-02 15:04:05 UTC"))
	if len(e.Parts) > 0 {
		fmt.Fprintf(&b, "              withheld: %s\n", strings.Join(e.Parts, ", "))
	}
	if !slices.Contains(e.Parts, "everything") {
		fmt.Fprintf(&b, "              by %s, occurred %s\n              %s\n", clean.Line(e.By), e.Occurred.Format("2006-01-02 15:04:05 UTC"), clean.Line(string(e.Data)))
	}
	fmt.Fprintf(&b, "head          %s  entry %d\n              %s\n", v.Head.Code, v.Head.Seq, v.Head.Hash)
	return b.String()
}
