package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"muster/state"
	"muster/state/clean"
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
		RunE: func(cmd *cobra.Command, args []string) error { return e.verify(cmd.Context(), optional(args), given) },
	}
	cmd.Flags().StringArrayVar(&given.heads, "head", nil, "a head that a witness was told: the short CODE or the whole hash")
	cmd.Flags().StringArrayVar(&given.signatures, "signature", nil, "a signature that muster sign wrote: FILE.head.sig, with FILE.head beside it")
	cmd.Flags().StringVar(&given.signers, "signers", "", "a file that says whose keys may sign: ssh-keygen's allowed signers")
	return cmd
}

// A verdict is what muster verify --json prints.
type verdict struct {
	File      string        `json:"file"`
	Mode      state.Mode    `json:"mode,omitempty"`
	Exercise  bool          `json:"exercise"`
	Entries   uint64        `json:"entries"`         // good ones
	Withheld  int           `json:"withheld"`        // entries without any content
	Partly    int           `json:"partly_withheld"` // entries without some part of it
	Parts     []string      `json:"withheld_parts,omitempty"`
	Head      state.Hash    `json:"head"`
	Code      string        `json:"code"`
	Integrity bool          `json:"integrity"`
	Line      int           `json:"bad_line,omitempty"`
	Problem   string        `json:"problem,omitempty"`
	Newer     bool          `json:"newer,omitempty"` // the bad line is of a newer format, and may be good
	Torn      int64         `json:"torn_bytes,omitempty"`
	Vouched   uint64        `json:"vouched_to"` // the last entry a witness vouches for; 0 for none
	Witnesses []witnessHead `json:"heads,omitempty"`
	Missing   uint64        `json:"once_had,omitempty"` // the entries the store once noted, if it has fewer
	// Signatures are those that were given, Named whom to ask by the log's own word.
	Signatures []*signatureCheck `json:"signatures,omitempty"`
	Named      []namedWitness    `json:"named_in_log,omitempty"`

	vouchedBy string // the signer that vouches for Vouched; "" for a witness
	parts     state.Parts
	incident  string // its id, by the log; "" if that is withheld
}

type witnessHead struct {
	Given string `json:"given"`
	Entry uint64 `json:"entry"` // 0: it is not in the log
}

func (e *env) verify(ctx context.Context, what string, given vouchers) error {
	wanted, err := normalHeads(given.heads)
	if err != nil {
		return err
	}
	signatures, err := e.readSignatures(given)
	if err != nil {
		return err
	}
	id, path, err := e.logOf(ctx, what)
	if err != nil {
		return err
	}
	v := verdict{Integrity: true, Witnesses: make([]witnessHead, len(wanted)), Signatures: signatures}
	for i := range wanted {
		v.Witnesses[i].Given = wanted[i]
	}
	found, err := e.verifyLog(ctx, id, path, v.see)
	if err != nil {
		return err
	}
	if damage := found.Damage; damage != nil {
		v.Integrity, v.Line, v.Problem, v.Newer = false, damage.Line, damage.What, damage.Newer
	}
	v.notSigned()
	v.Parts = v.parts.Names()
	v.File, v.Torn, v.Missing = found.Path, found.Torn, found.Once.Seq
	v.Entries, v.Head, v.Code = found.Head.Seq, found.Head.Hash, found.Head.Hash.Code()
	if err := e.print(v, func() error { _, err := fmt.Fprint(e.out, v.text()); return err }); err != nil {
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
func (e *env) logOf(ctx context.Context, what string) (id, path string, err error) {
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
		v.Withheld++
	} else if entry.Withheld != 0 {
		v.Partly++
		v.parts |= entry.Withheld
	}
	v.name(entry)
	v.seeSigned(entry)
	if len(v.Witnesses) == 0 {
		return
	}
	for i := range v.Witnesses {
		given := v.Witnesses[i].Given
		if given == entry.Hash.Code() || given == entry.Hash.String() {
			v.Witnesses[i].Entry, v.Vouched = entry.Seq, entry.Seq
			v.vouchedBy = ""
		}
	}
}

// good reports whether nothing was found.
func (v *verdict) good() bool {
	for _, w := range v.Witnesses {
		if w.Entry == 0 {
			return false
		}
	}
	for _, s := range v.Signatures {
		if s.Problem != "" {
			return false
		}
	}
	return v.Integrity && v.Missing == 0
}

func (v *verdict) text() string {
	var b strings.Builder
	if v.Exercise {
		b.WriteString("EXERCISE EXERCISE EXERCISE\n")
	}
	fmt.Fprintf(&b, "%s\n", clean.Line(v.File))
	switch {
	case v.Integrity:
		fmt.Fprintf(&b, "integrity     GOOD: %s, each as written and following from the one before\n", plural(v.Entries, "entry", "entries"))
	case v.Newer:
		fmt.Fprintf(&b, "integrity     UNKNOWN from line %d on: %s\n", v.Line, clean.Line(v.Problem))
		fmt.Fprintf(&b, "              before it: %s, good\n", plural(v.Entries, "entry", "entries"))
	default:
		fmt.Fprintf(&b, "integrity     BROKEN at line %d: %s\n", v.Line, clean.Line(v.Problem))
		fmt.Fprintf(&b, "              before it: %s, good; nothing after it can be relied on\n", plural(v.Entries, "entry", "entries"))
	}
	if v.Torn > 0 {
		fmt.Fprintf(&b, "              %d bytes behind the last entry were never acknowledged (a write cut short)\n", v.Torn)
	}
	if v.Withheld > 0 {
		fmt.Fprintf(&b, "              the content of %d entries is withheld; their place in the chain is proven\n", v.Withheld)
	}
	if v.Partly > 0 {
		fmt.Fprintf(&b, "              withheld: %s, of %s; that they were there, and their hashes, are proven\n", strings.Join(v.Parts, ", "), plural(uint64(v.Partly), "entry", "entries"))
	}
	b.WriteString(v.completeness())
	b.WriteString(v.named())
	if v.Entries > 0 {
		fmt.Fprintf(&b, "mode          %s\nhead          %s  entry %d\n              %s\n", v.Mode, v.Code, v.Entries, v.Head)
	}
	return b.String()
}

func (v *verdict) completeness() string {
	var b strings.Builder
	switch {
	case len(v.Witnesses) == 0 && len(v.Signatures) > 0 && v.Vouched == 0:
		b.WriteString(v.signedOnly())
	case len(v.Witnesses) == 0 && v.Vouched == 0:
		b.WriteString("completeness  UNKNOWN: no head from a witness was given (--head); the end may have been cut off\n")
	case v.Vouched == 0:
		b.WriteString("completeness  BROKEN: no head that was given is in this log\n")
	default:
		fmt.Fprintf(&b, "completeness  vouched for up to entry %d of %d%s\n", v.Vouched, v.Entries, v.bySignature())
	}
	for _, w := range v.Witnesses {
		if w.Entry == 0 {
			fmt.Fprintf(&b, "              %s IS NOT IN THIS LOG: entries were cut off or changed, or it is another log\n", w.Given)
		} else {
			fmt.Fprintf(&b, "              %s is entry %d\n", w.Given, w.Entry)
		}
	}
	for _, s := range v.Signatures {
		fmt.Fprintf(&b, "              %s\n", clean.Line(s.text()))
	}
	if v.Missing > 0 {
		fmt.Fprintf(&b, "              ENTRIES ARE MISSING: this machine once had %d of them\n", v.Missing)
	}
	return b.String()
}
