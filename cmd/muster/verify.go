package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"muster/state/line"
	"muster/state/view"
)

func verifyCommand(e *env) *cobra.Command {
	var given vouchers
	var script bool
	cmd := &cobra.Command{
		Use: "verify [INCIDENT|FILE]", Short: "Check a log: integrity, completeness, evidence, consistency", Args: arguments(0, 1),
		Long: `Check the log of an incident, or an exported .jsonl file. Four verdicts:

Integrity: every line is as it was written and follows from the one before.

Completeness: up to which entry somebody outside vouches for the log. Give each head that a
witness was told with --head, and each signature of a head with --signature. A log alone
cannot show that its end was cut off.

Evidence: the files beside the log, in its folder evidence, are those that were recorded.

Consistency: what entries say of each other is so: heads, texts and their hashes, what was
known, roles, times. UNSETTLED says that nothing is wrong with the log, and that people have
still to say which of two answers holds.

A time stamp counts with the authority's certificates, --tsa-ca: those that the log records
are read from beside it, others are given with --stamp.

A signature FILE.sig is over the statement FILE, which must lie beside it. It only says
that some key signed: --signers says whose keys count, in the form of ssh-keygen's
allowed signers.

A proof that muster prove wrote is checked too, against the heads that are given.

Nobody needs muster for this: --script prints verify.py, which needs only Python 3.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if script {
				_, err := fmt.Fprint(e.out, line.VerifyPy())
				return err
			}
			return verifyGiven(cmd.Context(), e, optional(args), given)
		},
	}
	cmd.Flags().StringArrayVar(&given.heads, "head", nil, "a head that a witness was told: the short CODE or the whole hash")
	cmd.Flags().StringArrayVar(&given.signatures, "signature", nil, "a signature that muster sign wrote: FILE.head.sig, with FILE.head beside it")
	cmd.Flags().StringVar(&given.signers, "signers", "", "a file that says whose keys may sign: ssh-keygen's allowed signers")
	cmd.Flags().StringArrayVar(&given.stamps, "stamp", nil, "an authority's answer that muster stamp wrote or took: FILE.tsr")
	cmd.Flags().StringVar(&given.authorities, "tsa-ca", "", "a file with the certificates of authorities whose time stamps count, in PEM")
	cmd.Flags().BoolVar(&script, "script", false, "print verify.py, which checks a log without muster, and check nothing")
	return cmd
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
	stamps, err := readStamps(given)
	if err != nil {
		return err
	}
	id, path, err := logOf(ctx, e, what)
	if err != nil {
		return err
	}
	if path != "" && isProof(path) {
		return verifyProof(e, path, given, wanted)
	}
	v := verdict{unbroken: true, signatures: signatures, stamps: stamps, lacks: view.Withheld{Parts: []view.PartCount{}}}
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
	v.File, v.Torn, v.Unended, v.Missing, v.alone = found.Path, found.Torn, found.Unended, found.Once.Seq, path != ""
	v.Entries = found.Head.Seq
	if v.Entries > 0 {
		v.Head = &view.LogHead{Seq: found.Head.Seq, Hash: found.Head.Hash, Code: found.Head.Hash.Code()}
	}
	if err := v.look(ctx, path == ""); err != nil {
		return err
	}
	if err := e.print(v.told(), func() error { _, err := fmt.Fprint(e.out, v.text()); return err }); err != nil {
		return err
	}
	if !v.good() {
		return errFound
	}
	return nil
}

// look looks at what lies beside the log, and holds its entries against each other. own: it
// is a store's own log.
func (v *verdict) look(ctx context.Context, own bool) (err error) {
	if v.Evidence, err = v.files.check(ctx, v.File, own); err != nil {
		return err
	}
	if err := v.checkStamps(ctx, v.File); err != nil {
		return err
	}
	if v.unbroken && v.Entries <= view.MaxConsistent {
		v.Contradicts, err = view.ContradictionsIn(readEntries(ctx, v.File))
	}
	if v.unbroken && err == nil && v.merged && hasEvidence(v.File) {
		v.Branches, err = branches(ctx, v.File)
	}
	return err
}

// logOf is the incident that is meant, or the file.
func logOf(ctx context.Context, e *env, what string) (id, path string, err error) {
	switch is, err := e.isFile(what); {
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
