package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"muster/state"
	"muster/state/clean"
	"muster/state/view"
)

func verifyCommand(e *env) *cobra.Command {
	var given vouchers
	cmd := &cobra.Command{
		Use: "verify [INCIDENT|FILE]", Short: "Check a log: integrity, and completeness", Args: args(0, 1),
		Long: `Check the log of an incident, or an exported .jsonl file. Two verdicts:

integrity     every line is as it was written and follows from the one before
completeness  up to which entry somebody outside vouches for the log: give each head
              that a witness was told with --head, and each signature of a head with
              --signature. A log alone cannot show that its end was cut off.

A signature FILE.sig is over the statement FILE, which must lie beside it. It only says
that some key signed: --signers says whose keys count, in the form of ssh-keygen's
allowed signers.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return verifyGiven(cmd.Context(), e, optional(args), given)
		},
	}
	cmd.Flags().StringArrayVar(&given.heads, "head", nil, "a head that a witness was told: the short CODE or the whole hash")
	cmd.Flags().StringArrayVar(&given.signatures, "signature", nil, "a signature that muster sign wrote: FILE.head.sig, with FILE.head beside it")
	cmd.Flags().StringVar(&given.signers, "signers", "", "a file that says whose keys may sign: ssh-keygen's allowed signers")
	return cmd
}

// A verdict is what was found out about a log, while it is read.
type verdict struct {
	view.Verdict
	signatures []*signatureCheck
	vouchedBy  string // the signer that vouches for Vouched; "" for a witness
	lacks      view.Withheld
	parts      state.Parts
	unbroken   bool   // no line is broken
	newer      bool   // the bad line is of a newer format, and may be good
	incident   string // its id, by the log; "" if that is withheld
}

func verifyGiven(ctx context.Context, e *env, what string, given vouchers) error {
	wanted, err := normalHeads(given.heads)
	if err != nil {
		return err
	}
	signatures, err := readSignatures(e, given)
	if err != nil {
		return err
	}
	id, path, err := logOf(ctx, e, what)
	if err != nil {
		return err
	}
	v := verdict{unbroken: true, signatures: signatures, lacks: view.Withheld{Parts: []view.PartCount{}}}
	v.Verdict = view.Verdict{Heads: make([]view.Found, len(wanted)), Named: []view.Witness{}}
	for i := range wanted {
		v.Heads[i].Given = wanted[i]
	}
	found, err := e.verifyLog(ctx, id, path, v.see)
	if err != nil {
		return err
	}
	if damage := found.Damage; damage != nil {
		v.unbroken, v.Line, v.Problem, v.newer = false, damage.Line, damage.What, damage.Newer
	}
	v.notSigned()
	v.File, v.Torn, v.Missing = found.Path, found.Torn, found.Once.Seq
	v.Entries = found.Head.Seq
	if v.Entries > 0 {
		v.Head = &view.LogHead{Seq: found.Head.Seq, Hash: found.Head.Hash, Code: found.Head.Hash.Code()}
	}
	if err := e.print(v.told(), func() error { _, err := fmt.Fprint(e.out, v.text()); return err }); err != nil {
		return err
	}
	if !v.good() {
		return errFound
	}
	return nil
}

// normalHeads reads what witnesses were told.
func normalHeads(given []string) ([]string, error) {
	var wanted []string
	for _, text := range given {
		if _, err := state.ParseHash(text); err == nil {
			wanted = append(wanted, text)
			continue
		}
		code, ok := state.NormalCode(text)
		if !ok {
			return nil, usage(hint(fmt.Errorf("%q is no head", text), "It is a code such as 7K3M-Q9XA-02FH-TTZ4, or 64 lower-case hexadecimal digits."))
		}
		wanted = append(wanted, code)
	}
	return wanted, nil
}

// logOf is the incident that is meant, or the file.
func logOf(ctx context.Context, e *env, what string) (id, path string, err error) {
	switch is, err := isFile(what); {
	case err != nil:
		return "", "", err
	case is:
		return "", what, nil
	}
	store, err := e.store()
	if err != nil {
		return "", "", err
	}
	id, err = e.findLog(ctx, store, what)
	return id, "", err
}

// see takes note of one good entry.
func (v *verdict) see(entry state.Entry) {
	v.Mode, v.Exercise = entry.Mode, entry.Mode == state.Drill
	if entry.Withheld.Has(state.Facts) {
		v.lacks.Entries++
	} else if entry.Withheld != 0 {
		v.lacks.Partly++
		v.lack(entry.Withheld)
		v.parts |= entry.Withheld
	}
	v.name(entry)
	v.seeSigned(entry)
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
	return v.unbroken && v.Missing == 0
}

func (v *verdict) text() string {
	var b strings.Builder
	if v.Exercise {
		b.WriteString("EXERCISE EXERCISE EXERCISE\n")
	}
	fmt.Fprintf(&b, "%s\n", clean.Line(v.File))
	switch {
	case v.unbroken:
		fmt.Fprintf(&b, "integrity     GOOD: %s, each as written and following from the one before\n", plural(v.Entries, "entry", "entries"))
	case v.newer:
		fmt.Fprintf(&b, "integrity     UNKNOWN from line %d on: %s\n", v.Line, clean.Line(v.Problem))
		fmt.Fprintf(&b, "              before it: %s, good\n", plural(v.Entries, "entry", "entries"))
	default:
		fmt.Fprintf(&b, "integrity     BROKEN at line %d: %s\n", v.Line, clean.Line(v.Problem))
		fmt.Fprintf(&b, "              before it: %s, good; nothing after it can be relied on\n", plural(v.Entries, "entry", "entries"))
	}
	if v.Torn > 0 {
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
	if v.Entries > 0 {
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
		} else {
			fmt.Fprintf(&b, "              %s is entry %d\n", w.Given, w.Entry)
		}
	}
	for _, s := range v.signatures {
		fmt.Fprintf(&b, "              %s\n", clean.Line(s.text()))
	}
	if v.Missing > 0 {
		fmt.Fprintf(&b, "              ENTRIES ARE MISSING: this machine once had %d of them\n", v.Missing)
	}
	return b.String()
}
